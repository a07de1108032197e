package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep goes on where it was stopped, and takes no state that is not its own. */
class SweepStateTest {
  private static final SweepFunction RELU = SweepFunctions.named("relu");

  /** Just more than one shard. */
  private static final SweepInputs TWO_SHARDS = new SweepInputs(255);

  private static final SweepInputs FEW = new SweepInputs(1_000_003);

  @TempDir Path folder;

  /** Computes relu, and counts how often it is asked. */
  private static final class Relu implements SweepSubject {
    private final float slope;
    private final AtomicInteger calls = new AtomicInteger();
    private int failAt = Integer.MAX_VALUE;

    Relu(float slope) {
      this.slope = slope;
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public float[] results(SweepFunction function, float[] x) {
      if (calls.incrementAndGet() >= failAt) {
        throw new IllegalStateException("stopped");
      }
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i] < 0 ? slope * x[i] : x[i];
      }
      return y;
    }
  }

  @Test
  void anInterruptedSweepDoesOnlyWhatIsLeft() {
    Relu stopped = new Relu(0x1p-30f);
    stopped.failAt = 4100; // in the second shard, which has few batches
    assertThrows(IllegalStateException.class, () -> run(stopped, TWO_SHARDS));
    Relu resumed = new Relu(0x1p-30f);
    SweepTally tally = run(resumed, TWO_SHARDS);
    assertTrue(resumed.calls.get() < 100, () -> "calls: " + resumed.calls);

    SweepTally atOnce =
        Sweep.run(resumed, List.of(RELU), TWO_SHARDS, 2, null, (f, done, all, share) -> {})
            .get(0)
            .tally();
    assertEquals(atOnce, tally);
    assertEquals(TWO_SHARDS.count(), tally.inputs());
    assertFalse(tally.isWithin(4));
  }

  @Test
  void whatIsDoneIsNotDoneAgain() {
    SweepTally first = run(new Relu(0), FEW);
    Relu again = new Relu(0);
    assertEquals(first, run(again, FEW));
    assertEquals(1, again.calls.get()); // the probe
  }

  @Test
  void theStateOfOtherCodeIsRefused() {
    run(new Relu(0), FEW);
    assertRefused("no longer computes", () -> run(new Relu(1), FEW));
  }

  @Test
  void aCorruptFileIsRefused() throws IOException {
    run(new Relu(0), FEW);
    Path file = folder.resolve("broken.relu.value.1000003.sweep");
    String text = Files.readString(file);
    String[] broken = {
      text.replace("worst=0x0.0p0", "worst=0x1.0p0"),
      text.substring(0, text.length() - 5),
      text + text.lines().toList().get(1) + "\n",
      text.replace("ember4j-sweep-1", "ember4j-sweep-2"),
      "",
    };
    for (String content : broken) {
      Files.writeString(file, content);
      assertRefused(file.toString(), () -> run(new Relu(0), FEW));
    }
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertRefused(file.toString(), () -> run(new Relu(0), FEW));
  }

  @Test
  void aFileUnderAnotherNameIsRefused() throws IOException {
    run(new Relu(0), FEW);
    Files.move(
        folder.resolve("broken.relu.value.1000003.sweep"),
        folder.resolve("broken.relu.value.1000001.sweep"));
    assertRefused("another sweep", () -> run(new Relu(0), new SweepInputs(1_000_001)));
  }

  @Test
  void aFolderWithOtherFilesIsRefused() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "text");
    assertRefused("thesis.txt", () -> run(new Relu(0), FEW));
  }

  @Test
  void oneSweepAtATimeHoldsAFolder() {
    SweepState first = SweepState.open(folder);
    assertRefused("another sweep", () -> SweepState.open(folder));
    first.close();
    SweepState.open(folder).close();
  }

  @Test
  void anEvenStrideIsRefused() {
    assertRefused("4096", () -> new SweepInputs(4096));
    assertRefused("-1", () -> new SweepInputs(-1));
  }

  private SweepTally run(SweepSubject subject, SweepInputs inputs) {
    try (SweepState state = SweepState.open(folder)) {
      return Sweep.run(subject, List.of(RELU), inputs, 1, state, (f, done, all, share) -> {})
          .get(0)
          .tally();
    }
  }

  private static void assertRefused(String fragment, Runnable action) {
    String message = assertThrows(SweepException.class, action::run).getMessage();
    assertTrue(message.contains(fragment), message);
    assertTrue(message.contains("; "), () -> "no remedy: " + message);
  }
}
