package io.ember4j.cli;

import io.ember4j.BackendException;
import io.ember4j.BackendInfo;
import io.ember4j.BackendReport;
import io.ember4j.Backends;
import io.ember4j.spi.Availability;
import io.ember4j.spi.BackendProvider;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ember4j backends}: what was found, which is current and why, what failed and why. */
@Command(
    name = "backends",
    description = "List the backends: which can run here, which is current, and why.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The current one is chosen by -Dember4j.backend=NAME (in EMBER4J_JAVA_OPTS), else by",
      "EMBER4J_BACKEND=NAME, else it is the available one of the highest priority."
    })
final class BackendsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    BackendReport report = Backends.report();
    String current = null;
    BackendException failure = null;
    try {
      current = Backends.current().name();
    } catch (BackendException e) {
      failure = e; // the list below says why; the message comes last
    }
    print(out, report, current);
    if (failure != null) {
      throw failure;
    }
    return ExitCode.FINE;
  }

  /**
   * Prints the report.
   *
   * @param current the current backend; null if there is none
   */
  static void print(PrintWriter out, BackendReport report, String current) {
    printTable(out, report.backends(), current);
    if (current != null) {
      out.println();
      out.println("Current: " + current + ", chosen by " + Backends.currentReason() + ".");
    }
    report.backends().forEach(info -> printDetails(out, info));
    printFailures(out, report.failures());
    out.flush();
  }

  private static void printTable(PrintWriter out, List<BackendInfo> backends, String current) {
    var table = new TextTable("", "BACKEND", "IMPLEMENTATION", ">PRIORITY", "STATUS");
    for (BackendInfo info : backends) {
      boolean isDefault = info.priority() == BackendProvider.EMBEDDED_DEFAULT_PRIORITY;
      table.row(
          info.name().equals(current) ? "*" : "",
          info.name(),
          info.version().isEmpty() ? "-" : info.version(),
          isDefault ? "default" : Integer.toString(info.priority()),
          info.availability().available() ? "available" : "cannot run here");
    }
    table.print(out);
  }

  private static void printDetails(PrintWriter out, BackendInfo info) {
    Availability availability = info.availability();
    if (!availability.available()) {
      heading(out, info.name() + " cannot run here:");
      item(out, availability.reason());
      if (!availability.remedy().isEmpty()) {
        item(out, "To do: " + availability.remedy());
      }
      return;
    }
    List<String> notes;
    try {
      notes = Backends.get(info.name()).notes();
    } catch (BackendException e) {
      notes = List.of(e.getMessage());
    }
    if (!notes.isEmpty()) {
      heading(out, "About " + info.name() + ":");
      notes.forEach(note -> item(out, note));
    }
  }

  private static void printFailures(PrintWriter out, List<String> failures) {
    if (!failures.isEmpty()) {
      heading(out, "Could not be loaded:");
      failures.forEach(failure -> item(out, failure));
    }
  }

  private static void heading(PrintWriter out, String text) {
    out.println();
    out.println(text);
  }

  private static void item(PrintWriter out, String text) {
    TextTable.wrap("- " + text, 2, 4).forEach(out::println);
  }
}
