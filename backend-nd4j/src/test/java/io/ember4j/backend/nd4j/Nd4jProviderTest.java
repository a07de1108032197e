package io.ember4j.backend.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** How the backend is found, and what it leaves behind in ND4J. */
class Nd4jProviderTest {
  @Test
  void isFoundByNameAndComputes() {
    try (var scope = Backends.use("nd4j");
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor row = Tensor.of(new float[] {10, 20, 30}, 3)) {
      assertArrayEquals(new float[] {11, 22, 33, 14, 25, 36}, Ops.add(x, row).toFloatArray());
      assertEquals("nd4j", Backends.current().name());
    }
  }

  @Test
  void saysWhichVersionRuns() {
    assertTrue(new Nd4jBackendProvider().version().matches("ND4J [0-9].*"));
  }

  @Test
  void isAvailableFromAThreadWithoutContextLoader() throws InterruptedException {
    Thread thread =
        new Thread(() -> assertTrue(new Nd4jBackendProvider().availability().available()));
    thread.setContextClassLoader(null);
    Throwable[] thrown = new Throwable[1];
    thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
    thread.start();
    thread.join();
    assertNull(thrown[0]);
    assertNull(thread.getContextClassLoader());
  }

  @Test
  void showsNoTypeOfNd4j() {
    Class<?> provider = Nd4jBackendProvider.class;
    Stream<Class<?>> types =
        Stream.of(
                Arrays.stream(provider.getDeclaredFields()).map(Field::getType),
                Arrays.stream(provider.getDeclaredMethods()).map(Method::getReturnType),
                Arrays.stream(provider.getDeclaredMethods())
                    .flatMap(m -> Arrays.stream(m.getParameterTypes())),
                Stream.of(provider.getSuperclass()))
            .flatMap(s -> s);
    assertTrue(types.noneMatch(t -> t.getName().startsWith("org.nd4j")));
  }

  @Test
  void leavesNd4jsDefaultsAlone() {
    Fixture.BACKEND.release(Fixture.buffer(io.ember4j.DType.FLOAT64, 1, 2));
    assertEquals(DataType.FLOAT, Nd4j.dataType());
    assertFalse(Nd4j.getMemoryManager().isPeriodicGcActive());
  }
}
