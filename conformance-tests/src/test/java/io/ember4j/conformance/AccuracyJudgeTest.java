package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccuracyJudgeTest {
  private static final double[] ROW = {-3, -1.5, 0.25, 1, 2.5, 4};

  @ParameterizedTest
  @EnumSource(DType.class)
  void acceptsTheNearestNumbersAndNothingFarFromThem(DType dtype) {
    for (String name : Activations.names()) {
      Activation activation = Activations.get(name, Activations.exampleParameters(name));
      AccuracyJudge judge = AccuracyJudge.of("pure", activation, dtype).orElseThrow();
      ExactValues exact = Oracle.of(activation, dtype).orElseThrow().at(ROW);
      double[] nearest = new double[exact.size()];
      Arrays.setAll(nearest, exact::nearest);
      assertTrue(judge.accepts(ROW, exact, nearest), name);
      double[] off = nearest.clone();
      off[1] += 1e-2;
      assertFalse(judge.accepts(ROW, exact, off), name);
      off[1] = Double.NaN;
      assertFalse(judge.accepts(ROW, exact, off), name);
    }
  }

  @Test
  void exactActivationsMayNotBeOffByOneUnit() {
    Activation relu = Activations.get("relu");
    AccuracyJudge judge = AccuracyJudge.of("pure", relu, DType.FLOAT32).orElseThrow();
    ExactValues exact = Oracle.of(relu, DType.FLOAT32).orElseThrow().at(1);
    assertEquals("0 ULP", judge.bound());
    assertFalse(judge.accepts(new double[] {1}, exact, new double[] {Math.nextUp(1f)}));
  }

  @Test
  void judgesEveryActivationOnlyWithTheParametersOfTheRules() {
    List<String> unknown = new ArrayList<>();
    for (String name : Activations.names()) {
      Activation activation = Activations.get(name, Activations.exampleParameters(name));
      if (AccuracyJudge.of("pure", activation, DType.FLOAT32).isEmpty()) {
        unknown.add(name);
      }
    }
    assertEquals(List.of(), unknown);
    Activation other = Activations.get("elu", Map.of("alpha", 3));
    assertTrue(AccuracyJudge.of("pure", other, DType.FLOAT32).isEmpty());
  }
}
