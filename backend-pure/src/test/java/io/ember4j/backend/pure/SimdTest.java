package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs in both modes: the build starts these tests with the vector module and without. */
class SimdTest {
  @Test
  void isAvailableExactlyWhenTheJvmHasTheModule() {
    boolean present = ModuleLayer.boot().findModule(Simd.MODULE).isPresent();
    assertEquals(present, Simd.isAvailable());
    assertEquals(present, Simd.find(Lanes.class, "VectorLanes").isPresent());
  }

  @Test
  @EnabledIfSystemProperty(named = "ember4j.test.simd", matches = ".+")
  void theBuildStartsTheJvmThatItMeans() {
    assertEquals(Boolean.getBoolean("ember4j.test.simd"), Simd.isAvailable());
  }

  @Test
  void sizesOfVectorsArePowersOfTwo() {
    Simd.find(Lanes.class, "VectorLanes")
        .ifPresent(
            lanes -> {
              assertEquals(1, Integer.bitCount(lanes.floats()));
              assertEquals(lanes.floats(), 2 * lanes.doubles());
            });
  }

  @Test
  void thePropertyTurnsItOff() {
    assertEquals("", Simd.refusal(null, true));
    assertEquals("", Simd.refusal("on", true));
    assertEquals("system property ember4j.simd is off", Simd.refusal("off", true));
  }

  @Test
  void theNoteSaysWhetherItIsUsed() {
    String expected =
        Simd.isAvailable()
            ? "It computes with SIMD, on vectors of (128|256|512) bits\\."
            : "It computes without SIMD, .*: start the JVM with --add-modules .*\\.";
    assertTrue(Simd.note().matches(expected), Simd.note());
    assertEquals(List.of(Simd.note()), new PureBackend().notes());
  }

  @Test
  void aMissingModuleIsToldWithTheRemedy() {
    assertTrue(Simd.refusal(null, false).contains("--add-modules jdk.incubator.vector"));
  }
}
