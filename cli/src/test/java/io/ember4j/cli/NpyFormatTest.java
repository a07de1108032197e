package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFormatTest {
  @TempDir Path folder;

  static Stream<long[]> shapes() {
    return Stream.of(
        new long[] {},
        new long[] {0},
        new long[] {1},
        new long[] {17},
        new long[] {3, 5},
        new long[] {1, 1},
        new long[] {3, 0},
        new long[] {0, 1L << 40},
        new long[] {2, 3, 4},
        new long[] {2, 1, 0, 3},
        new long[] {2, 3, 4, 5},
        new long[] {1, 2, 1, 2, 1, 2, 1, 2},
        new long[] {67_000}); // more than one chunk
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void float32RoundTripsBitForBit(long[] shape) throws IOException {
    float[] values = new float[(int) NumericArray.count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9e3779b9);
    }
    var read = assertInstanceOf(NumericArray.Floats.class, roundTrip(shape, values, null));
    assertArrayEquals(shape, read.shape());
    for (int i = 0; i < values.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(read.values()[i]), "at " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void float64RoundTripsBitForBit(long[] shape) throws IOException {
    double[] values = new double[(int) NumericArray.count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble(i * 0x9e3779b97f4a7c15L);
    }
    var read = assertInstanceOf(NumericArray.Doubles.class, roundTrip(shape, null, values));
    assertArrayEquals(shape, read.shape());
    for (int i = 0; i < values.length; i++) {
      assertEquals(
          Double.doubleToRawLongBits(values[i]),
          Double.doubleToRawLongBits(read.values()[i]),
          "at " + i);
    }
  }

  @Test
  void readsWhatNumpyWrote() throws IOException {
    assertFloats(NpyFiles.RANK0_F4, new long[] {}, -1.5f);
    assertFloats(NpyFiles.RANK2_F4, new long[] {2, 3}, 0, 1, 2, 3, 4, 5);
    assertFloats(NpyFiles.RANK2_F4_VERSION2, new long[] {2, 1}, 0, 1);
    assertFloats(NpyFiles.RANK2_F4_VERSION3, new long[] {2, 1}, 0, 1);
    assertDoubles(NpyFiles.RANK1_F8, new long[] {3}, 0.1, -0.0, Double.POSITIVE_INFINITY);
    assertDoubles(NpyFiles.EMPTY_F8, new long[] {0, 3});
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    assertWritten(NpyFiles.RANK0_F4, new NumericArray.Floats(new long[] {}, new float[] {-1.5f}));
    assertWritten(
        NpyFiles.RANK2_F4,
        new NumericArray.Floats(new long[] {2, 3}, new float[] {0, 1, 2, 3, 4, 5}));
    assertWritten(
        NpyFiles.RANK1_F8,
        new NumericArray.Doubles(
            new long[] {3}, new double[] {0.1, -0.0, Double.POSITIVE_INFINITY}));
    assertWritten(NpyFiles.EMPTY_F8, new NumericArray.Doubles(new long[] {0, 3}, new double[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shape\": (2,), \"fortran_order\": False, \"descr\": \"<f4\"}",
        "{'descr':'<f4','fortran_order':False,'shape':(2,)}",
        " {\t'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , ) , } \r\n",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2L,), }"
      })
  void readsOtherSpellingsOfTheSameDict(String header) throws IOException {
    var read = (NumericArray.Floats) NpyFormat.read(file(NpyFiles.of(header, 8)));
    assertArrayEquals(new long[] {2}, read.shape());
    assertArrayEquals(new float[2], read.values());
  }

  @Test
  void aHeaderThatIsTooLongIsNotWritten() {
    long[] shape = new long[30_000];
    Arrays.fill(shape, 1);
    var array = new NumericArray.Floats(shape, new float[1]);
    Refusal.assertRefused(
        () -> NpyFormat.write("a.npy", new ByteArrayOutputStream(), array),
        "a.npy: rank 30000",
        "reshape");
  }

  private NumericArray roundTrip(long[] shape, float[] floats, double[] doubles)
      throws IOException {
    NumericArray array =
        floats != null
            ? new NumericArray.Floats(shape, floats)
            : new NumericArray.Doubles(shape, doubles);
    byte[] bytes = written(array);
    assertEquals(0, (bytes.length - array.size() * (floats != null ? 4L : 8L)) % 64, "alignment");
    return NpyFormat.read(file(bytes));
  }

  private void assertFloats(String base64, long[] shape, float... values) throws IOException {
    var read = (NumericArray.Floats) NpyFormat.read(file(NpyFiles.decode(base64)));
    assertArrayEquals(shape, read.shape());
    assertArrayEquals(values, read.values());
  }

  private void assertDoubles(String base64, long[] shape, double... values) throws IOException {
    var read = (NumericArray.Doubles) NpyFormat.read(file(NpyFiles.decode(base64)));
    assertArrayEquals(shape, read.shape());
    assertArrayEquals(values, read.values());
  }

  private static void assertWritten(String base64, NumericArray array) throws IOException {
    assertArrayEquals(NpyFiles.decode(base64), written(array));
  }

  private static byte[] written(NumericArray array) throws IOException {
    var out = new ByteArrayOutputStream();
    NpyFormat.write("a.npy", out, array);
    return out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npy"), bytes);
  }
}
