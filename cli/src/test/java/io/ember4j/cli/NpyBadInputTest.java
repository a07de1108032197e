package io.ember4j.cli;

import static io.ember4j.cli.NpyFiles.decode;
import static io.ember4j.cli.NpyFiles.first;
import static io.ember4j.cli.NpyFiles.header;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyBadInputTest {
  private static final String AGAIN = "np.save";

  @TempDir Path folder;

  @Test
  void notAnNpy() throws IOException {
    refused("1,2,3\n".getBytes(StandardCharsets.UTF_8), "not a .npy", "31 2c 32 2c 33 0a", AGAIN);
    refused(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}, "50 4b 03 04", ".npz", AGAIN);
    refused(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'X', 1, 0}, "not a .npy", "58", AGAIN);
  }

  @Test
  void unknownVersion() throws IOException {
    refused(NpyFiles.of(4, header("'<f4'", "False", "()"), 60, 4), "version 4.0", "3.0", AGAIN);
    byte[] minor = decode(NpyFiles.RANK0_F4);
    minor[7] = 9;
    refused(minor, "version 1.9", AGAIN);
    minor[6] = 0;
    refused(minor, "version 0.9", AGAIN);
  }

  @Test
  void everyTruncationIsRefusedWithBothCounts() throws IOException {
    for (String base64 : new String[] {NpyFiles.RANK2_F4, NpyFiles.RANK2_F4_VERSION2}) {
      byte[] whole = decode(base64);
      int header = 128;
      for (int length = 0; length < whole.length; length++) {
        String part = length < header ? "truncated header" : "truncated data";
        int found = length < header ? length : length - header;
        refused(first(whole, length), part, "found " + found, AGAIN);
      }
    }
  }

  @Test
  void truncatedNamesWhatWasExpected() throws IOException {
    byte[] whole = decode(NpyFiles.RANK2_F4);
    refused(new byte[0], "expected 8 bytes, found 0");
    refused(first(whole, 9), "expected 10 bytes, found 9");
    refused(first(whole, 100), "expected 128 bytes, found 100");
    refused(first(whole, 151), "data of shape (2, 3): expected 24 bytes, found 23");
  }

  @Test
  void trailingBytes() throws IOException {
    byte[] longer = Arrays.copyOf(decode(NpyFiles.RANK2_F4), 128 + 24 + 1);
    refused(longer, "trailing bytes", "expected 24", "found 25", "one array per file");
    refused(NpyFiles.of(header("'<f4'", "False", "(0, 3)"), 4), "expected 0", "found 4");
  }

  @Test
  void dtypesAndOrdersThatAreNotRead() throws IOException {
    refused(decode(NpyFiles.BIG_ENDIAN), "big-endian ('>f4')", ".astype('<f4')");
    refused(NpyFiles.of(header("'>f8'", "False", "()"), 8), "('>f8')", ".astype('<f8')");
    refused(decode(NpyFiles.FORTRAN), "Fortran order", "np.ascontiguousarray");
    refused(decode(NpyFiles.OBJECT), "object array ('|O')", ".astype('<f4')");
    refused(decode(NpyFiles.INT64), "unsupported dtype ('<i8')", ".astype('<f4')");
    refused(decode(NpyFiles.BOOL), "unsupported dtype ('|b1')", ".astype('<f4')");
    refused(decode(NpyFiles.STRUCTURED), "structured dtype ('[('x', '<f4')", "a['x']");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f2", "<c8", ">i4", "<U5", "|S3", "<M8[ns]", "f4", "=f4", "<f16", ""})
  void otherDtypes(String descr) throws IOException {
    byte[] bytes = NpyFiles.of(header("'" + descr + "'", "False", "()"), 4);
    refused(bytes, "unsupported dtype ('" + descr + "')", ".astype('<f4')");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(1099511627776,)      | expected 4398046511104 bytes, found 16",
        "(1048576, 1048576)    | expected 4398046511104 bytes, found 16",
        "(2305843009213693952,) | overflows 64 bits",
        "(4294967296, 4294967296) | overflows 64 bits",
        "(0, 4294967296, 4294967296) | overflows 64 bits",
        "(9223372036854775808,) | '9223372036854775808' overflows",
        "(-3, 4)               | negative dimension, '-3'",
        "(-1, -4)              | negative dimension, '-1'"
      })
  void sizesThatCannotBe(String shape, String message) throws IOException {
    refused(NpyFiles.of(header("'<f4'", "False", shape), 16), message, AGAIN);
  }

  @Test
  void moreElementsThanAJavaArrayHolds() throws IOException {
    byte[] bytes = NpyFiles.of(header("'<f4'", "False", "(2147483648,)"), 0);
    Path file = Files.write(folder.resolve("a.npy"), bytes);
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes.length + 4L * 2147483648L);
    }
    Refusal.assertRefused(() -> NpyFormat.read(file), "2147483648 elements", "split");
  }

  @Test
  void headerLengthThatCannotBe() throws IOException {
    String header = header("'<f4'", "False", "()");
    refused(NpyFiles.of(1, header, 65_535, 4), "truncated header: expected 65545", AGAIN);
    refused(NpyFiles.of(2, header, 4_294_967_295L, 4), "expected 4294967307 bytes", AGAIN);
    String padded = header + " ".repeat(70_000);
    refused(NpyFiles.of(2, padded, padded.length(), 4), "header has 70055 bytes", "astype");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{'descr'",
        "{'descr: '<f4'}",
        "{'descr': '<f4'}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} x",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()",
        "{'descr': '<f4' 'fortran_order': False, 'shape': ()}",
        "{,'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': None, 'shape': ()}",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': ()}",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [1]}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,1)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (01,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0x1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (True,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,"
      })
  void headersThatCannotBeParsed(String header) throws IOException {
    refused(NpyFiles.of(header, 4), "header cannot be parsed", "at character", AGAIN);
  }

  @Test
  void aMessageStaysOnOneLineWhateverTheHeaderHolds() throws IOException {
    String header = "{'de\n\u001b[31mscr': " + "x".repeat(5000);
    refused(NpyFiles.of(header, 4), "'de\\u000a\\u001b[31mscr'", AGAIN);
    refused(NpyFiles.of("x".repeat(5000), 4), "'" + "x".repeat(40) + "...'");
  }

  private void refused(byte[] bytes, String... fragments) throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), bytes);
    Refusal.assertRefused(() -> NpyFormat.read(file), fragments);
    Refusal.assertRefused(() -> NpyFormat.read(file), file + ": ");
  }
}
