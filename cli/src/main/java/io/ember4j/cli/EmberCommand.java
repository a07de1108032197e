package io.ember4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code ember4j} command itself: what its subcommands share. */
@Command(
    name = "ember4j",
    description = "Activation functions on backends that can be swapped.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      BackendsCommand.class,
      ApplyCommand.class,
      CompareCommand.class,
      TrainCommand.class,
      PredictCommand.class,
      ConformanceCommand.class,
      SweepCommand.class,
      ReadmeCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 fine, 1 a check found a difference, 2 bad usage or input, 3 internal error.",
      "'ember4j COMMAND --help' says more about a command."
    })
final class EmberCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug = Boolean.getBoolean("ember4j.debug");

  /** Runs the command line and returns the exit code; whatever goes wrong is one line on err. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    var root = new EmberCommand();
    var errors = new ErrorReport(err, () -> root.debug);
    var commandLine =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors);
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      return errors.report(e); // picocli hands exceptions to the handler, and lets errors through
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.BAD_INPUT;
  }
}
