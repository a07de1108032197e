package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareCommandTest {
  @TempDir Path folder;

  @Test
  void reluOverTheDigits() {
    CommandRun run =
        CommandRun.of("compare", "--quiet", "--backend", "pure", "--activation", "relu")
            .assertFine()
            .assertPrinted("(1797, 64), float32, 115,008 elements", "standardised")
            .assertPrinted("For data of this size", "pure takes");
    String[] cells = line(run.out(), "relu").split(" +", -1);
    assertEquals("pure", cells[1]);
    assertTrue(Double.parseDouble(cells[3]) > 0);
    assertEquals("0.00", cells[4]); // exact
    assertEquals("-", cells[5]); // no other backend
    assertEquals("[0,", cells[7]);
    assertTrue(run.out().lines().allMatch(line -> line.length() <= TextTable.WIDTH), run.out());
  }

  private static String line(String out, String start) {
    return out.lines().filter(line -> line.startsWith(start + " ")).findFirst().orElseThrow();
  }

  @Test
  void progressGoesToStandardErrorLineByLine() {
    CommandRun run = CommandRun.of("compare", "--backend", "pure", "--activation", "relu");
    assertEquals(ExitCode.FINE, run.code());
    assertEquals("[1/1] relu\n", run.err());
  }

  @Test
  void aFileIsTakenAsItIs() throws IOException {
    Path csv = Files.writeString(folder.resolve("x.csv"), "-1,0,2\nnan,inf,-0.0\n");
    CommandRun run =
        CommandRun.of("compare", "--quiet", "--backend", "jblas", "--activation", "relu", csv)
            .assertFine()
            .assertPrinted("x.csv; shape (2, 3), float32, 6 elements", "all 6 distinct values");
    String line = line(run.out(), "relu");
    assertTrue(line.contains("50.0%"), line); // of six, 0, -0 and what was -1
    assertTrue(line.endsWith("[0, inf], 1 NaN"), line);
  }

  @Test
  void anOddLastAxisLeavesGluOut() throws IOException {
    Path csv = Files.writeString(folder.resolve("x.csv"), "1,2,3\n");
    CommandRun.of(
            "compare",
            "--quiet",
            "--backend",
            "pure",
            "--activation",
            "glu",
            "--activation",
            "swish",
            csv)
        .assertFine()
        .assertPrinted("glu is left out", "silu ");
  }

  /** Every kind of workload: elementwise, rows, halves, channels in the middle; in float64. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void worksOnAnyRank(int rank) {
    long[] shape = new long[rank];
    Arrays.fill(shape, 2);
    double[] values = new double[1 << rank];
    Arrays.setAll(values, i -> 0.25 * i - 1);
    Path npy = folder.resolve("x.npy");
    ArrayFiles.write(npy, new NumericArray.Doubles(shape, values));
    CommandRun run =
        CommandRun.of(
                "compare",
                "--quiet",
                "--backend",
                "pure",
                "--activation",
                "softmax2d",
                "--activation",
                "log_softmax",
                "--activation",
                "glu",
                "--activation",
                "mish",
                npy)
            .assertFine()
            .assertPrinted("float64", "mish", "softmax2d");
    for (String name : new String[] {"softmax2d", "log_softmax", "mish"}) {
      double error = Double.parseDouble(line(run.out(), name).split(" +", -1)[4]);
      assertTrue(error <= 4, run.out());
    }
    assertEquals(rank == 0, run.out().contains("glu is left out"));
    assertFalse(run.out().contains("!"), run.out());
  }

  @Test
  void refusesWhatItCannotUse() throws IOException {
    CommandRun.of("compare", folder.resolve("none.csv")).assertRefused("none.csv");
    CommandRun.of("compare", "--backend", "cuda").assertRefused("cuda", "pure");
    CommandRun.of("compare", "--activation", "rellu").assertRefused("rellu", "relu");
    Path empty = folder.resolve("empty.npy");
    ArrayFiles.write(empty, new NumericArray.Floats(new long[] {0, 2}, new float[0]));
    CommandRun.of("compare", empty).assertRefused("empty.npy", "(0, 2)");
    Path word = Files.writeString(folder.resolve("word.csv"), "one\n");
    CommandRun.of("compare", word).assertRefused("word.csv", "line 1");
  }

  @Test
  void standardisedColumnsHaveMean0AndVariance1() {
    float[] values = CompareData.standardise(new float[] {1, 7, 3, 7, 5, 7, 7, 7}, 2);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i += 2) {
      sum += values[i];
      squares += values[i] * (double) values[i];
      assertEquals(0, values[i + 1]); // a constant column
    }
    assertEquals(0, sum, 1e-6);
    assertEquals(4, squares, 1e-6);
  }
}
