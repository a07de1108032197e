package io.ember4j.cli;

import io.ember4j.conformance.Survey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a conformance report: text, JSON, JUnit XML, and a page with pictures. */
final class ConformanceFiles {
  private final Path folder;
  private final ConformanceRun run;

  ConformanceFiles(Path folder, ConformanceRun run) {
    this.folder = folder;
    this.run = run;
  }

  /**
   * Surveys every activation on the backends that ran, and writes all files.
   *
   * @throws InputException if a file cannot be written
   */
  void write(Progress progress) {
    for (ConformanceRun.Of of : run.backends()) {
      write(of.name() + ".txt", of.report().text());
      write(of.name() + "-measured.txt", of.report().measuredText());
    }
    write("junit.xml", new JunitXml(run).text());
    List<SurveyResult> results = new ArrayList<>();
    List<Survey> surveys = Survey.values();
    for (Survey survey : surveys) {
      progress.step(results.size() + 1, surveys.size(), "survey of " + survey.name());
      results.add(SurveyResult.of(survey, run.available()));
    }
    List<Fact> machine = Fact.all();
    write("report.json", new ConformanceJson(run, results, machine).text());
    write("index.html", new ConformancePage(run, results, machine).text());
  }

  private void write(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(folder.resolve(name), out -> out.write(bytes));
  }
}
