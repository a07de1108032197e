package io.ember4j.benchmarks;

/** The loop that a programmer without a library would write over {@code java.lang.Math}. */
interface JavaLoop {
  void run(float[] x, float[] y);

  default Contender contender(Outputs outputs, float[] x) {
    float[] y = new float[x.length];
    return new Contender() {
      @Override
      public Object call() {
        float[] target = outputs == Outputs.RECYCLED ? y : new float[x.length];
        run(x, target);
        return target;
      }

      @Override
      public float[] result() {
        run(x, y);
        return y.clone();
      }
    };
  }
}
