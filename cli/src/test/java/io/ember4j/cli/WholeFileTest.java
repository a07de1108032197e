package io.ember4j.cli;

import static io.ember4j.cli.Refusal.assertFiles;
import static io.ember4j.cli.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void theTargetAppearsOnlyWhenItIsWhole() throws IOException {
    Path target = folder.resolve("a.npy");
    WholeFile.write(
        target,
        out -> {
          out.write(new byte[100_000]);
          assertTrue(Files.notExists(target));
        });
    assertEquals(100_000, Files.size(target));
    assertFiles(folder, "a.npy");
  }

  @Test
  void anExistingTargetIsReplacedInOneStep() throws IOException {
    Path target = Files.writeString(folder.resolve("a.npy"), "old and longer");
    WholeFile.write(
        target,
        out -> {
          out.write('n');
          assertEquals("old and longer", Files.readString(target));
        });
    assertEquals("n", Files.readString(target));
  }

  @Test
  void aFailureLeavesNothingNew() throws IOException {
    Path target = folder.resolve("a.npy");
    WholeFile.Content full =
        out -> {
          out.write(new byte[100_000]);
          throw new IOException("No space left on device");
        };
    assertRefused(
        () -> WholeFile.write(target, full), target + ": ", "No space left", "free space");
    assertFiles(folder);
    Files.writeString(target, "old");
    assertRefused(() -> WholeFile.write(target, full), "No space left");
    assertEquals("old", Files.readString(target));
    assertFiles(folder, "a.npy");
  }

  @Test
  void anErrorInTheContentLeavesNothingNew() throws IOException {
    WholeFile.Content broken =
        out -> {
          out.write(1);
          throw new IllegalStateException("broken");
        };
    Path target = folder.resolve("a.npy");
    assertThrows(IllegalStateException.class, () -> WholeFile.write(target, broken));
    assertFiles(folder);
  }

  @Test
  void aMoveThatFailsLeavesNothingNew() throws IOException {
    Path target = folder.resolve("a.npy");
    WholeFile.Content content =
        out -> {
          out.write(1);
          Files.createDirectory(target);
          Files.createFile(target.resolve("inside"));
        };
    assertRefused(() -> WholeFile.write(target, content), target + ": ", "cannot be written");
    assertFiles(folder, "a.npy");
    assertFiles(target, "inside");
  }

  @Test
  void refusesPlacesThatCannotTakeAFile() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d.npy"));
    refused(directory, "exists as a folder", "name a file");
    refused(folder.resolve("no/a.npy"), "'" + folder.resolve("no") + "' does not exist", "mkdir");
    Path file = Files.createFile(folder.resolve("file"));
    refused(file.resolve("a.npy"), "'" + file + "' is not a folder", "mkdir");
    assertFiles(folder, "d.npy", "file");
    assertFiles(directory);
  }

  @Test
  void refusesPlacesWithoutPermission() throws IOException {
    Path file = Files.writeString(folder.resolve("a.npy"), "old");
    file.toFile().setWritable(false);
    assumeFalse(Files.isWritable(file), "root writes everywhere");
    refused(file, "no permission", "permissions");
    assertEquals("old", Files.readString(file));
    Path locked = Files.createDirectory(folder.resolve("locked"));
    locked.toFile().setWritable(false);
    refused(locked.resolve("a.npy"), "no permission", "permissions");
  }

  @Test
  void aSymbolicLinkIsFollowed() throws IOException {
    Path real = Files.writeString(folder.resolve("real.npy"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.npy"), Path.of("real.npy"));
    WholeFile.write(link, out -> out.write('n'));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("n", Files.readString(real));
    assertFiles(folder, "link.npy", "real.npy");
  }

  @Test
  void theFileHasOrdinaryPermissions() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "");
    Path target = folder.resolve("a.npy");
    WholeFile.write(target, out -> out.write(1));
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(target));
  }

  private static void refused(Path target, String... fragments) {
    assertRefused(() -> WholeFile.write(target, out -> out.write(1)), fragments);
    assertRefused(() -> WholeFile.requireTarget(target), target + ": ");
  }
}
