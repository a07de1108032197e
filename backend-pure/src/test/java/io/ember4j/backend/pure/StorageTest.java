package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendException;
import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {
  @ParameterizedTest
  @EnumSource
  void whatIsUploadedIsDownloaded(DType dtype) {
    for (int size : Data.SIZES) {
      double[] values = Data.random(size, size);
      Buffer buffer = Data.buffer(dtype, values);
      assertEquals(dtype, buffer.dtype());
      assertEquals(size, buffer.size());
      assertArrayEquals(values, Data.values(buffer));
    }
    assertEquals(0, Data.buffer(dtype).size());
  }

  @ParameterizedTest
  @EnumSource
  void aSizeBeyondAnArrayIsRefusedWithTheLimit(DType dtype) {
    BackendException e =
        assertThrows(BackendException.class, () -> Data.BACKEND.allocate(dtype, 1L << 31));
    assertTrue(e.getMessage().contains("2147483648"), e.getMessage());
    assertTrue(e.getMessage().contains("2147483639"), e.getMessage());
  }

  @Test
  void narrowingRoundsToNearestAndWideningIsExact() {
    double[] values = {1, 1 + 1e-9, 1e300, -1e300, 1e-300, -0.0, Math.PI, Double.NaN};
    Buffer floats = Data.dirty(DType.FLOAT32, values.length);
    Data.BACKEND.convert(Data.buffer(DType.FLOAT64, values), floats);
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    assertArrayEquals(rounded, Data.values(floats));
    Buffer doubles = Data.dirty(DType.FLOAT64, values.length);
    Data.BACKEND.convert(floats, doubles);
    assertArrayEquals(rounded, Data.values(doubles));
  }
}
