package io.ember4j.cli;

import com.google.gson.stream.JsonWriter;
import io.ember4j.conformance.ConformanceReport;
import io.ember4j.conformance.Failure;
import io.ember4j.conformance.Measurement;
import io.ember4j.conformance.RuleResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A run and its survey for programs. A number that is NaN or infinite is a string, since JSON has
 * none such.
 */
final class ConformanceJson {
  /** Goes up when something that was there is no more, or means something else. */
  private static final int FORMAT = 1;

  private final ConformanceRun run;
  private final List<SurveyResult> results;
  private final List<Fact> machine;

  ConformanceJson(ConformanceRun run, List<SurveyResult> results, List<Fact> machine) {
    this.run = run;
    this.results = results;
    this.machine = machine;
  }

  String text() {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setIndent(" ");
      json.beginObject();
      json.name("format").value(FORMAT);
      json.name("passed").value(run.passed());
      strings(json, "problems", run.problems());
      json.name("machine").beginObject();
      for (Fact fact : machine) {
        json.name(fact.name()).value(fact.value());
      }
      json.endObject();
      json.name("backends").beginArray();
      for (ConformanceRun.Of of : run.backends()) {
        backend(json, of);
      }
      json.endArray();
      json.name("survey").beginArray();
      for (SurveyResult result : results) {
        survey(json, result);
      }
      json.endArray();
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string takes everything
    }
    return text.append('\n').toString();
  }

  private static void backend(JsonWriter json, ConformanceRun.Of of) throws IOException {
    ConformanceReport report = of.report();
    json.beginObject();
    json.name("name").value(of.name());
    json.name("version").value(of.info().version());
    strings(json, "notes", of.info().notes());
    json.name("passed").value(report.passed());
    json.name("unavailable").value(report.unavailable());
    json.name("allowedUnavailable").value(report.allowedUnavailable());
    strings(json, "problems", report.problems());
    json.name("counts").beginObject();
    for (RuleResult.Outcome outcome : RuleResult.Outcome.values()) {
      json.name(label(outcome)).value(report.count(outcome));
    }
    json.endObject();
    json.name("rules").beginArray();
    for (RuleResult result : report.results()) {
      json.beginObject();
      json.name("id").value(result.rule().id());
      json.name("statement").value(result.rule().statement());
      json.name("outcome").value(label(result.outcome()));
      json.name("message").value(result.message());
      if (result.failure() != null) {
        json.name("failure");
        failure(json, result.failure());
      }
      json.name("deviation").value(result.deviation());
      json.name("seconds").value(of.seconds().getOrDefault(result.rule().id(), 0.0));
      json.endObject();
    }
    json.endArray();
    json.name("measurements").beginArray();
    for (Measurement m : report.measurements()) {
      json.beginObject();
      json.name("function").value(m.function());
      json.name("dtype").value(m.dtype().toString());
      number(json, "ulp", m.ulp());
      number(json, "bound", m.bound());
      json.name("where").value(m.where());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  /** The parts that make sense for the rule. */
  private static void failure(JsonWriter json, Failure failure) throws IOException {
    json.beginObject();
    json.name("summary").value(failure.summary());
    text(json, "operation", failure.operation());
    text(json, "dtype", failure.dtype());
    numbers(json, "shape", failure.shape());
    text(json, "seed", failure.seed());
    numbers(json, "index", failure.index());
    text(json, "input", failure.input());
    text(json, "expected", failure.expected());
    text(json, "actual", failure.actual());
    if (failure.ulp() != null) {
      number(json, "ulp", failure.ulp());
    }
    text(json, "bound", failure.bound());
    if (!failure.code().isEmpty()) {
      strings(json, "code", failure.code());
    }
    json.endObject();
  }

  private static void text(JsonWriter json, String name, Object value) throws IOException {
    if (value != null) {
      json.name(name).value(value.toString());
    }
  }

  private static void numbers(JsonWriter json, String name, List<Long> values) throws IOException {
    if (values != null) {
      json.name(name).beginArray();
      for (long value : values) {
        json.value(value);
      }
      json.endArray();
    }
  }

  private static String label(RuleResult.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static void survey(JsonWriter json, SurveyResult result) throws IOException {
    json.beginObject();
    json.name("activation").value(result.survey().name());
    json.name("section").value(result.survey().section());
    json.name("failures").beginObject();
    for (var failure : result.failures().entrySet()) {
      json.name(failure.getKey()).value(failure.getValue());
    }
    json.endObject();
    json.name("errors").beginArray();
    for (SurveyResult.Errors e : result.errors()) {
      json.beginObject();
      json.name("backend").value(e.backend());
      json.name("of").value(e.gradient() ? "gradient" : "value");
      json.name("dtype").value(e.dtype().toString());
      json.name("inputs").value(e.inputs());
      number(json, "maxUlp", e.worst());
      number(json, "maxAt", e.worstAt());
      number(json, "rmsUlp", e.rms());
      json.name("excused").value(e.excused());
      json.endObject();
    }
    json.endArray();
    json.name("differences").beginArray();
    for (SurveyResult.Difference d : result.differences()) {
      json.beginObject();
      json.name("a").value(d.a());
      json.name("b").value(d.b());
      json.name("dtype").value(d.dtype().toString());
      number(json, "maxSteps", d.steps());
      number(json, "maxAt", d.at());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void strings(JsonWriter json, String name, List<String> values)
      throws IOException {
    json.name(name).beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }

  private static void number(JsonWriter json, String name, double value) throws IOException {
    json.name(name);
    if (Double.isFinite(value)) {
      json.value(value);
    } else {
      json.value(Double.toString(value));
    }
  }
}
