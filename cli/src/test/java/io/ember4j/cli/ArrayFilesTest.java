package io.ember4j.cli;

import static io.ember4j.cli.Refusal.assertFiles;
import static io.ember4j.cli.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayFilesTest {
  private static final NumericArray ARRAY =
      new NumericArray.Floats(new long[] {2, 2}, new float[] {1, 2, 3, 4});

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.NPY", "a.csv", "a.Csv", "b.csv.npy"})
  void roundTripsByExtension(String name) throws IOException {
    Path file = folder.resolve(name);
    ArrayFiles.write(file, ARRAY);
    var read = (NumericArray.Floats) ArrayFiles.read(file);
    assertArrayEquals(ARRAY.shape(), read.shape());
    assertArrayEquals(new float[] {1, 2, 3, 4}, read.values());
    boolean csv = Files.readString(file, StandardCharsets.ISO_8859_1).equals("1.0,2.0\n3.0,4.0\n");
    assertEquals(name.equalsIgnoreCase("a.csv"), csv);
    assertFiles(folder, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a", "npy", "a.npy.gz", "csv"})
  void refusesOtherExtensions(String name) throws IOException {
    Path file = folder.resolve(name);
    assertRefused(() -> ArrayFiles.read(file), name + ": ", "extension", ".npy", ".csv");
    assertRefused(() -> ArrayFiles.write(file, ARRAY), name + ": ", "extension", ".npy", ".csv");
    assertRefused(() -> ArrayFiles.read(Path.of("/")), "extension");
    assertFiles(folder);
  }

  @Test
  void refusesInputThatIsNotThereOrNotAFile() throws IOException {
    Path missing = folder.resolve("missing.npy");
    assertRefused(() -> ArrayFiles.read(missing), missing + ": no such file", "check the path");
    Path directory = Files.createDirectory(folder.resolve("d.csv"));
    assertRefused(() -> ArrayFiles.read(directory), directory + ": ", "folder", "name a");
  }

  @Test
  void refusesUnreadableInput() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "1\n");
    file.toFile().setReadable(false);
    assumeFalse(Files.isReadable(file), "root reads everything");
    assertRefused(() -> ArrayFiles.read(file), file + ": no permission", "permissions");
  }

  @Test
  void refusesContentUnderTheName() throws IOException {
    Path file = Files.writeString(folder.resolve("a.npy"), "1,2\n");
    assertRefused(() -> ArrayFiles.read(file), file + ": not a .npy file");
    Path csv = Files.write(folder.resolve("a.csv"), NpyFiles.decode(NpyFiles.RANK2_F4));
    assertRefused(() -> ArrayFiles.read(csv), csv + ": line 1, column 1", "NUMPY");
  }

  @Test
  void theOutputIsOfTheInputsKind() {
    Path npy = folder.resolve("in.npy");
    Path csv = folder.resolve("out.csv");
    assertRefused(
        () -> ArrayFiles.requireOutput(npy, csv),
        csv + ": ",
        "in.npy",
        "the same kind, name it .npy");
    assertRefused(
        () -> ArrayFiles.requireOutput(csv, npy),
        npy + ": ",
        "out.csv",
        "the same kind, name it .csv");
    assertRefused(() -> ArrayFiles.requireOutput(npy, folder.resolve("out")), "no extension");
    ArrayFiles.requireOutput(npy, folder.resolve("OUT.NPY"));
    ArrayFiles.requireOutput(npy, npy);
  }

  @Test
  void theOutputPlaceIsCheckedBeforeTheWork() throws IOException {
    Path in = folder.resolve("in.npy");
    Path taken = Files.createDirectory(folder.resolve("out.npy"));
    assertRefused(() -> ArrayFiles.requireOutput(in, taken), taken + ": ", "exists as a folder");
    Path nowhere = folder.resolve("no/out.npy");
    assertRefused(() -> ArrayFiles.requireOutput(in, nowhere), "does not exist", "mkdir");
  }

  @Test
  void anArrayTheFormatCannotHoldLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "old");
    var rank3 = new NumericArray.Floats(new long[] {1, 1, 1}, new float[1]);
    assertRefused(() -> ArrayFiles.write(file, rank3), file + ": rank 3", "use .npy");
    assertEquals("old", Files.readString(file));
    assertFiles(folder, "a.csv");
  }
}
