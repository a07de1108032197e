package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void readsEveryKindOfValue() throws Exception {
    assertEquals(
        Map.of("a", List.of(1L, -20L, 0L, 2.5, 1e300, true, false), "b", Map.of()),
        Json.read(" {\"a\" : [1,-20, 0,2.5 ,1E+300,\ttrue,false],\n\r\"b\":{} } "));
    assertNull(Json.read("null"));
    assertEquals(Arrays.asList((Object) null), Json.read("[null]"));
    assertEquals(List.of(), Json.read("[]"));
    assertEquals(Long.MIN_VALUE, Json.read("-9223372036854775808"));
    assertEquals(
        "\"\\/\b\f\n\r\t\u00e4\ud83d\ude00x",
        Json.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\ude00x\""));
  }

  @Test
  void quotedStringsAreReadBack() throws Exception {
    String any = "plain \"quoted\" \\ \u0000\n\u001f\u00e4\u4e2d\ud83d\ude00 \ud800";
    assertEquals(any, Json.read(Json.quote(any)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "{\"a\":1,}",
        "[1 2]",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "0x1",
        "1_0",
        "NaN",
        "Infinity",
        "-Infinity",
        "nul",
        "True",
        "1 1",
        "[1]]",
        "//\n1",
        "9223372036854775808",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[[[[[[[[[[1]]]]]]]]]]",
        "\u00a01",
        "\ufeff1",
        "\"\\u\uff11\uff11\uff11\uff11\"",
        "\u0661"
      })
  void refusesWhatIsNotJson(String text) {
    assertThrows(Json.SyntaxException.class, () -> Json.read(text));
  }
}
