package io.ember4j.cli;

import io.ember4j.conformance.SweepFunction;
import io.ember4j.conformance.SweepInputs;
import io.ember4j.conformance.SweepProgress;
import io.ember4j.conformance.SweepTally;
import java.util.Locale;

/**
 * The texts of what a sweep found.
 *
 * @param inputs how many inputs, and of how many if that is not the whole sweep
 * @param worst the largest error in ULP
 * @param at the input where it is; empty if there is no error
 * @param rms the root mean square of the errors
 * @param correct the share of correctly rounded results
 * @param bound the bound; infinity if there is none
 * @param difference the first input of a NaN, infinity or zero that is wrong, if any
 */
record SweepRow(
    String inputs,
    String worst,
    String at,
    String rms,
    String correct,
    double bound,
    String difference) {
  private static final String PYTORCH = "pytorch";

  static SweepRow of(SweepProgress progress) {
    SweepTally tally = progress.tally();
    return new SweepRow(
        inputs(progress),
        ulps(tally.worst()),
        tally.worst() == 0 ? "" : Float.toString(tally.worstInput()),
        String.format(Locale.ROOT, "%.3f", tally.rms()),
        share(tally.correctShare()),
        bound(progress.subject(), progress.function()),
        tally.differences() == 0 ? "" : " differs at " + Float.toString(tally.differenceInput()));
  }

  /** PyTorch has made no promise that a bound of ours could hold it to. */
  private static double bound(String subject, SweepFunction function) {
    return subject.startsWith(PYTORCH) ? Double.POSITIVE_INFINITY : function.bound(subject);
  }

  private static String inputs(SweepProgress progress) {
    long done = progress.tally().inputs();
    if (done == SweepInputs.ALL) {
      return "2^32";
    }
    String number = String.format(Locale.ROOT, "%,d", done);
    return progress.isComplete()
        ? number
        : String.format(Locale.ROOT, "%s of %,d", number, progress.inputs().count());
  }

  /** Two decimals, but never less than the number: what is printed is a bound. */
  static String ulps(double ulps) {
    if (ulps >= 1e5) {
      return String.format(Locale.ROOT, "%.1e", ulps);
    }
    return String.format(Locale.ROOT, "%.2f", Math.ceil(ulps * 100) / 100);
  }

  /** Never more than the share: 100 % are all. */
  private static String share(double share) {
    return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
  }
}
