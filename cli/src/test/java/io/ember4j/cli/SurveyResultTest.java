package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.conformance.Survey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurveyResultTest {
  private static Survey survey(String name) {
    return Survey.values().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void backendsAreMeasuredAndComparedWithEachOther() {
    SurveyResult result = SurveyResult.of(survey("silu"), List.of("jblas", "pure"));
    assertEquals(8, result.errors().size());
    SurveyResult.Errors pure = result.errors("pure", false, DType.FLOAT32);
    assertTrue(pure.worst() > 0.5 && pure.worst() <= 4, pure.toString());
    assertTrue(pure.rms() > 0.1 && pure.rms() < pure.worst(), pure.toString());
    assertEquals(0, pure.excused());
    assertTrue(pure.inputs() > 24_000, pure.toString());
    // Its derivative is 0 near -1.28, where the specification allows an absolute error.
    assertTrue(result.errors("pure", true, DType.FLOAT32).worst() < 8);
    SurveyResult.Difference difference = result.difference("pure", "jblas", DType.FLOAT32);
    assertTrue(difference.steps() >= 1 && difference.steps() < 100, difference.toString());
    assertEquals(difference, result.difference("jblas", "pure", DType.FLOAT32));
    assertEquals(Set.of("jblas", "pure"), result.bins().keySet());
  }

  @Test
  void aBackendThatFailsIsLeftOutAndTold() {
    SurveyResult result = SurveyResult.of(survey("relu"), List.of("cuda", "pure"));
    assertEquals(Set.of("cuda"), result.failures().keySet());
    assertNull(result.errors("cuda", false, DType.FLOAT32));
    assertNotNull(result.errors("pure", false, DType.FLOAT32));
    assertNull(result.difference("cuda", "pure", DType.FLOAT32));
    List<String> both = List.of("cuda", "pure");
    var outcomes = new Outcomes(new ConformanceRun(List.of(), List.of()));
    String card = new ActivationCard(result, both, outcomes).html();
    WellFormed.parse(card);
    assertTrue(card.contains("cuda is not drawn: "), card);
    WellFormed.parse(new AccuracyTables(both, List.of(result)).errors());
    String matrix = new AccuracyTables(both, List.of(result)).matrix(DType.FLOAT32);
    assertEquals(2, matrix.split("<td>-</td>", -1).length - 1);
  }
}
