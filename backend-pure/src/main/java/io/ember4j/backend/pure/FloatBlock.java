package io.ember4j.backend.pure;

import java.util.Arrays;
import java.util.IdentityHashMap;

/** The registers of a float32 program; {@link DoubleBlock} is its twin. */
final class FloatBlock implements Block {
  private final Program program;
  private final float[][] registers;
  private final IdentityHashMap<Program, DoubleBlock> bodies = new IdentityHashMap<>(0);

  FloatBlock(Program program, int length) {
    this.program = program;
    this.registers = new float[program.registers()][length];
    for (Step step : program.prologue()) {
      step.run(this, length);
    }
  }

  float[][] registers() {
    return registers;
  }

  /** Returns the float64 registers in which a function's body runs; made once. */
  DoubleBlock wide(Program body) {
    DoubleBlock wide = bodies.get(body);
    if (wide == null) {
      wide = new DoubleBlock(body, registers[0].length);
      bodies.put(body, wide);
    }
    return wide;
  }

  @Override
  public void run(int n) {
    for (Step step : program.steps()) {
      step.run(this, n);
    }
  }

  @Override
  public void fill(int register, double value, int n) {
    Arrays.fill(registers[register], 0, n, (float) value);
  }

  @Override
  public void load(int register, PureBuffer source, long repeat, int start, int n) {
    float[] from = source.floats();
    float[] to = registers[register];
    if (repeat == 1) {
      Cycle.load(from, from.length, start % from.length, to, n);
      return;
    }
    int position = (int) (start / repeat % from.length);
    int done = 0;
    int run = (int) Math.min(n, repeat - start % repeat);
    while (done < n) {
      Arrays.fill(to, done, done + run, from[position]);
      done += run;
      position = position + 1 == from.length ? 0 : position + 1;
      run = (int) Math.min(n - done, repeat);
    }
  }

  @Override
  public void store(int register, PureBuffer target, int start, int n) {
    System.arraycopy(registers[register], 0, target.floats(), start, n);
  }
}
