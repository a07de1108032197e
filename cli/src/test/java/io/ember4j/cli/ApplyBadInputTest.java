package io.ember4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input is one line and exit code 2, and no output appears. */
class ApplyBadInputTest {
  @TempDir Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void name() {
    in = folder.resolve("in.npy");
    out = folder.resolve("out.npy");
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {3}, new float[] {1, 2, 3}));
  }

  @AfterEach
  void nothingWasWritten() throws IOException {
    if (Files.isRegularFile(out)) {
      throw new AssertionError("an output appeared");
    }
  }

  private void refuses(byte[] file, String... fragments) throws IOException {
    Files.write(in, file);
    CommandRun.of("apply", "relu", in, out).assertRefused(fragments);
    Refusal.assertFiles(folder, "in.npy");
  }

  @Test
  void truncated() throws IOException {
    byte[] whole = NpyFiles.decode(NpyFiles.RANK2_F4);
    refuses(NpyFiles.first(whole, whole.length - 5), "in.npy", "bytes");
  }

  @Test
  void bigEndian() throws IOException {
    refuses(NpyFiles.decode(NpyFiles.BIG_ENDIAN), "in.npy", ">f4");
  }

  @Test
  void fortranOrder() throws IOException {
    refuses(NpyFiles.decode(NpyFiles.FORTRAN), "in.npy", "Fortran");
  }

  @Test
  void objectArray() throws IOException {
    refuses(NpyFiles.decode(NpyFiles.OBJECT), "in.npy", "|O");
  }

  @Test
  void twoToThe40ElementsByItsHeader() throws IOException {
    refuses(
        NpyFiles.of(NpyFiles.header("'<f4'", "False", "(1099511627776,)"), 64), "1099511627776");
  }

  @Test
  void csvWithAWord() throws IOException {
    Path csv = Files.writeString(folder.resolve("in.csv"), "1,2\n3,four\n");
    CommandRun.of("apply", "relu", csv, folder.resolve("out.csv"))
        .assertRefused("line 2, column 2", "four");
    Refusal.assertFiles(folder, "in.csv", "in.npy");
  }

  @Test
  void missingFile() {
    CommandRun.of("apply", "relu", folder.resolve("none.npy"), out).assertRefused("none.npy");
  }

  @Test
  void outputPathIsAFolder() throws IOException {
    Files.createDirectory(out);
    CommandRun.of("apply", "relu", in, out).assertRefused("out.npy", "folder");
  }

  @Test
  void anotherKindOfOutput() {
    CommandRun.of("apply", "relu", in, folder.resolve("out.csv")).assertRefused("out.csv", ".npy");
  }

  @ParameterizedTest
  @CsvSource({
    "gleu, '', 'gelu'",
    "gelu, 'aproximate=tanh', 'approximate'",
    "gelu, 'approximate=fast', 'sigmoid'",
    "gelu, 'approximate', 'name=value'",
    "softmax, 'temperature=0', 'temperature'",
    "softmax, 'temperature=warm', 'warm'",
    "softmax, 'dim=1', 'out of range'",
    "softshrink, 'lambd=-1', 'lambd is -1'",
    "elu, 'alpha=nan', 'finite'",
    "rrelu, 'lower=2', 'lower'",
    "hardtanh, 'min_val=3', 'min_val'",
    "threshold, '', 'no default'",
    "glu, '', 'odd'",
    "prelu, 'num_parameters=2', '2 slopes'"
  })
  void badNameParameterOrShape(String name, String parameter, String fragment) {
    if (parameter.isEmpty()) {
      CommandRun.of("apply", name, in, out).assertRefused(fragment);
    } else {
      CommandRun.of("apply", name, "--param", parameter, in, out).assertRefused(fragment);
    }
  }

  @Test
  void aParameterGivenTwice() {
    CommandRun.of("apply", "elu", in, out, "--param", "alpha=1", "--param", "alpha=2")
        .assertRefused("alpha", "twice");
  }

  @Test
  void unknownBackend() {
    CommandRun.of("apply", "relu", "--backend", "cuda", in, out).assertRefused("cuda", "pure");
  }
}
