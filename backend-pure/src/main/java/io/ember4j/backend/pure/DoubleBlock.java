package io.ember4j.backend.pure;

import java.util.Arrays;

/** The registers of a float64 program; {@link FloatBlock} is its twin. */
final class DoubleBlock implements Block {
  private final Program program;
  private final double[][] registers;

  DoubleBlock(Program program, int length) {
    this.program = program;
    this.registers = new double[program.registers()][length];
    for (Step step : program.prologue()) {
      step.run(this, length);
    }
  }

  double[][] registers() {
    return registers;
  }

  @Override
  public void run(int n) {
    for (Step step : program.steps()) {
      step.run(this, n);
    }
  }

  @Override
  public void fill(int register, double value, int n) {
    Arrays.fill(registers[register], 0, n, value);
  }

  @Override
  public void load(int register, PureBuffer source, long repeat, int start, int n) {
    double[] from = source.doubles();
    double[] to = registers[register];
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
    System.arraycopy(registers[register], 0, target.doubles(), start, n);
  }
}
