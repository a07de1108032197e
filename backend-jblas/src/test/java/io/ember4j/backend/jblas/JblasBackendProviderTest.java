package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.spi.Availability;
import io.ember4j.spi.BackendProvider;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class JblasBackendProviderTest {
  @Test
  void isFoundByName() {
    try (var scope = Backends.use("jblas")) {
      assertEquals("jblas", Backends.current().name());
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
      assertEquals(10, Ops.sum(x).toFloatArray()[0]);
      assertEquals(7, Ops.matmul(x, x).toFloatArray()[0]);
      assertEquals(5, Ops.add(x, x).plus(3).toFloatArray()[0]);
    }
  }

  @Test
  void describesItself() {
    BackendProvider provider = new JblasBackendProvider();
    assertEquals("jblas", provider.name());
    assertEquals(100, provider.priority());
    assertEquals("jblas 1.2.5", provider.version());
    assertTrue(provider.availability().available());
  }

  @Test
  void hasNoTypeOfJblasInItsShape() {
    Class<?> type = JblasBackendProvider.class;
    assertEquals(Object.class, type.getSuperclass());
    for (Field field : type.getDeclaredFields()) {
      assertFalse(field.getType().getName().startsWith("org.jblas"), field.toString());
    }
    for (Method method : type.getDeclaredMethods()) {
      assertFalse(method.toGenericString().contains("org.jblas"), method.toString());
    }
  }

  @Test
  void worksAsAProviderWithoutJblas() throws Exception {
    URL[] path = {
      location(JblasBackendProvider.class),
      location(BackendProvider.class),
      location(org.slf4j.Logger.class)
    };
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Object provider =
          loader.loadClass(JblasBackendProvider.class.getName()).getConstructor().newInstance();
      assertEquals("jblas", call(provider, "name"));
      assertEquals("jblas", call(provider, "version"));
      Object availability = call(provider, "availability");
      assertEquals(false, call(availability, "available"));
      assertTrue(call(availability, "reason").toString().contains("org.jblas.FloatMatrix"));
      assertTrue(call(availability, "remedy").toString().contains("org.jblas:jblas"));
    }
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  @Test
  void availabilityHasNoReasonWhereJblasIsThere() {
    assertEquals(Availability.yes(), new JblasBackendProvider().availability());
  }
}
