package io.ember4j.cli;

import io.ember4j.BackendException;
import io.ember4j.ParameterException;
import io.ember4j.ShapeException;
import io.ember4j.UnknownNameException;
import io.ember4j.conformance.SweepException;
import io.ember4j.nn.WeightsException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one line and an exit code. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintWriter err;
  private final BooleanSupplier debug;

  /**
   * A report to {@code err}.
   *
   * @param debug whether to print stack traces, asked when there is one
   */
  ErrorReport(PrintWriter err, BooleanSupplier debug) {
    this.err = err;
    this.debug = debug;
  }

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return print(e, e.getMessage() + "; see '" + command + " --help'", ExitCode.BAD_INPUT);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return report(e);
  }

  /** Prints the line and returns the exit code. */
  int report(Throwable failure) {
    if (isBadInput(failure)) {
      return print(failure, failure.getMessage(), ExitCode.BAD_INPUT);
    }
    if (failure instanceof OutOfMemoryError) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      return print(
          failure,
          "out of memory with a Java heap of "
              + megabytes
              + " MB; raise it, for example EMBER4J_JAVA_OPTS=-Xmx4g",
          ExitCode.BAD_INPUT);
    }
    String hint = debug.getAsBoolean() ? "" : "; --debug prints the stack trace";
    return print(failure, "internal error: " + failure + hint, ExitCode.INTERNAL);
  }

  private static boolean isBadInput(Throwable failure) {
    return failure instanceof InputException
        || failure instanceof ParameterException
        || failure instanceof UnknownNameException
        || failure instanceof ShapeException
        || failure instanceof BackendException
        || failure instanceof WeightsException
        || failure instanceof SweepException;
  }

  private int print(Throwable failure, String message, int code) {
    err.println("ember4j: " + InputException.oneLine(message.strip()));
    if (debug.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code;
  }
}
