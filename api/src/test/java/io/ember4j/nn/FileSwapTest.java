package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSwapTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private FileSwap.Replacement replacement(String temporary, String target) {
    return new FileSwap.Replacement(folder.resolve(temporary), folder.resolve(target));
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.toList()) {
        content.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return content;
  }

  @Test
  void allFilesAreReplacedAndNothingElseIsLeft() throws IOException {
    file("a", "old");
    file("new a", "1");
    file("new b", "2");
    FileSwap.move(replacement("new a", "a"), replacement("new b", "b"));
    assertEquals(Map.of("a", "1", "b", "2"), content());
  }

  @Test
  void afterAFailureAllOldFilesAreBack() throws IOException {
    file("a", "old a");
    file("b", "old b");
    file("new b", "2");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                FileSwap.move(
                    replacement("new a, which is missing", "a"), replacement("new b", "b")));
    assertTrue(e.getMessage().contains("missing"), e.getMessage());
    assertEquals(Map.of("a", "old a", "b", "old b", "new b", "2"), content());
  }

  @Test
  void folderInThePlaceOfAFileIsLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve("b"));
    file("b/inside", "mine");
    file("a", "old");
    file("new a", "1");
    file("new b", "2");
    assertThrows(
        IOException.class,
        () -> FileSwap.move(replacement("new a", "a"), replacement("new b", "b")));
    assertEquals("old", Files.readString(folder.resolve("a")));
    assertEquals("mine", Files.readString(folder.resolve("b/inside")));
  }
}
