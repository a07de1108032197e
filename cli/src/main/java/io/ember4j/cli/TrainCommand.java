package io.ember4j.cli;

import io.ember4j.BackendException;
import io.ember4j.BackendInfo;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ember4j train}: a classifier of the bundled digits. */
@Command(
    name = "train",
    description = "Train a small network to tell the bundled handwritten digits.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "The first 898 of the 1,797 images train, the last 899 are held out until the end, as in",
      "scikit-learn's example. Loss and accuracy of an epoch are over all training images. The same",
      "seed gives the same curve on every backend, up to rounding.",
      "",
      "Examples:",
      "  ember4j train --activation gelu --out model",
      "  ember4j train --report report"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Who computes; default: the current one (see 'ember4j backends').")
  private String backend;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      description = "The activation of the hidden layers; default: ${DEFAULT-VALUE}.")
  private String activation;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "60",
      description = "How often every image is seen; default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Everything random comes from it; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "float32 or float64; default: ${DEFAULT-VALUE}.")
  private String dtype;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the network to this folder, for 'ember4j predict'.")
  private Path out;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Train on every backend that can run here, and write index.html with the curves.")
  private Path report;

  @Option(names = "--quiet", description = "Show no epochs.")
  private boolean quiet;

  @Override
  public Integer call() {
    var plan = new TrainingPlan(Classifier.checkedName(activation), type(), seed, checkedEpochs());
    List<String> names = backendNames();
    if (out != null) {
      ModelFolder.requireTarget(out);
    }
    if (report != null) {
      CurveChart.requireFonts("train --report");
      Folders.make(report);
      WholeFile.requireTarget(reportFile());
    }
    List<BackendTraining> runs = new ArrayList<>();
    Digits digits = Digits.load();
    String saved = backend != null ? backend : Backends.current().name();
    for (String name : names) {
      runs.add(train(name, plan, digits, out != null && name.equals(saved)));
    }
    if (report != null) {
      write(new TrainingReport(plan, runs));
    }
    return ExitCode.FINE;
  }

  private BackendTraining train(String name, TrainingPlan plan, Digits digits, boolean save) {
    PrintWriter printer = spec.commandLine().getOut();
    try (BackendScope scope = Backends.use(name)) {
      printer.println("training on " + name + ": " + plan.describe());
      var training = new Training(plan, Samples.training(digits));
      TrainingCurve curve = training.run(epoch -> print(printer, epoch));
      Evaluation heldOut = Evaluation.of(training.network(), Samples.heldOut(digits), plan.dtype());
      printer.printf(Locale.ROOT, "final training loss %.4f%n", curve.last().loss());
      printer.printf(Locale.ROOT, "held-out accuracy %.1f%%%n", heldOut.accuracy());
      if (save) {
        ModelFolder.write(out, training.network(), plan);
        printer.println("wrote the model to " + InputException.oneLine(out.toString()));
      }
      printer.flush();
      return new BackendTraining(name, curve, heldOut);
    }
  }

  private void print(PrintWriter printer, TrainingCurve.Epoch epoch) {
    if (!quiet) {
      printer.printf(
          Locale.ROOT,
          "epoch %3d  loss %.4f  accuracy %5.1f%%  %.2f s%n",
          epoch.number(),
          epoch.training().loss(),
          epoch.training().accuracy(),
          epoch.seconds());
      printer.flush();
    }
  }

  private void write(TrainingReport page) {
    PrintWriter printer = spec.commandLine().getOut();
    page.write(reportFile());
    printer.println(
        "largest relative difference between backends over the first "
            + TrainingReport.COMPARED_STEPS
            + " steps: "
            + TrainingReport.scientific(page.difference()));
    printer.println("wrote " + InputException.oneLine(reportFile().toString()));
    printer.flush();
  }

  private Path reportFile() {
    return report.resolve("index.html");
  }

  private List<String> backendNames() {
    if (report == null) {
      return List.of(backend == null ? Backends.current().name() : Backends.get(backend).name());
    }
    if (backend != null) {
      throw new InputException(
          "--backend " + backend, "--report trains on every backend", "leave one of them out");
    }
    List<String> available = Backends.available().stream().map(BackendInfo::name).sorted().toList();
    if (available.isEmpty()) {
      throw new BackendException("no backend can run here; 'ember4j backends' says why");
    }
    return available;
  }

  private int checkedEpochs() {
    if (epochs < 1) {
      throw new InputException("--epochs " + epochs, "nothing would be learned", "give 1 or more");
    }
    return epochs;
  }

  private DType type() {
    for (DType candidate : DType.values()) {
      if (candidate.toString().equals(dtype)) {
        return candidate;
      }
    }
    throw new InputException(
        "--dtype " + dtype, "there is no such dtype", "give float32 or float64");
  }
}
