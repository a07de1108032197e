package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the benchmarks have in common: the contenders take turns, one JMH iteration each.
 *
 * <p>With {@code contenders=ember4j+pytorch}, even iterations measure Ember4j and odd ones PyTorch,
 * so both meet the same process, clock rate and neighbours, and their ratio can be taken round by
 * round ({@link BenchmarkTable} does). JMH's own summary is of use only with a single contender, as
 * in {@code java -cp "benchmarks/target/*:benchmarks/target/lib/*" org.openjdk.jmh.Main
 * MlpBenchmark -p contenders=ember4j -prof gc}, with the environment variables that {@link
 * Libraries} asks for.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Xms2g",
      "-Xmx2g",
      "-XX:+UseG1GC",
      "-XX:+AlwaysPreTouch",
      "-Dember4j.threads=1"
    })
public abstract class AlternatingBenchmark {
  /** Between the names of contenders that take turns. */
  static final String SEPARATOR = "+";

  /** The contenders, joined by +. */
  @Param({"ember4j", "pytorch"})
  public String contenders;

  /** Threads that each library may use; see {@link Libraries}. */
  @Param("1")
  public int threads;

  private final List<Contender> taking = new ArrayList<>();
  private Contender current;
  private int turn;

  /** Returns the contender of this name for the cell that the other parameters describe. */
  abstract Contender contender(String name);

  /** Prepares the libraries and the contenders, and checks that all compute the same. */
  final void open() {
    List<String> names = List.of(contenders.split("\\" + SEPARATOR));
    Libraries.prepare(names, threads);
    for (String name : names) {
      taking.add(contender(name));
    }
    Agreement.check(names, taking, tolerance());
  }

  /** Opens the cell and lets the JIT compiler finish with it. */
  @Setup(Level.Trial)
  public void settle() {
    open();
    WarmUp.settle(taking);
  }

  /** How far results may be apart, relative to the largest of them; a check of the set-up only. */
  double tolerance() {
    return 1e-4;
  }

  /** Hands the turn to the next contender. */
  @Setup(Level.Iteration)
  public void next() {
    current = taking.get(turn++ % taking.size());
  }

  /** The measured call. */
  @Benchmark
  public Object call() {
    return current.call();
  }

  /** Frees what the contenders hold. */
  @TearDown(Level.Trial)
  public void close() {
    taking.forEach(Contender::close);
  }
}
