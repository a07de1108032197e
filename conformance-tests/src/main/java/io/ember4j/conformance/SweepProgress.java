package io.ember4j.conformance;

import java.util.SortedMap;
import java.util.TreeMap;

/** How far the sweep of one function has come, shard by shard. Safe to share between threads. */
public final class SweepProgress {
  private final String subject;
  private final SweepFunction function;
  private final SweepInputs inputs;
  private final int probe;
  private final SortedMap<Integer, SweepTally> shards = new TreeMap<>();

  /**
   * Nothing done yet.
   *
   * @param probe the checksum of some results, by which other code is recognised
   */
  SweepProgress(String subject, SweepFunction function, SweepInputs inputs, int probe) {
    this.subject = subject;
    this.function = function;
    this.inputs = inputs;
    this.probe = probe;
  }

  /** Returns the name of what computed it. */
  public String subject() {
    return subject;
  }

  /** Returns what was computed. */
  public SweepFunction function() {
    return function;
  }

  /** Returns the inputs of the whole sweep. */
  public SweepInputs inputs() {
    return inputs;
  }

  int probe() {
    return probe;
  }

  /** Returns the tally of what has been done. */
  public synchronized SweepTally tally() {
    return shards.values().stream().reduce(SweepTally.NONE, SweepTally::plus);
  }

  /** Returns whether all inputs are done. */
  public synchronized boolean isComplete() {
    return shards.size() == inputs.shards();
  }

  synchronized boolean has(int shard) {
    return shards.containsKey(shard);
  }

  synchronized SortedMap<Integer, SweepTally> shards() {
    return new TreeMap<>(shards);
  }

  synchronized void add(int shard, SweepTally tally) {
    if (shard < 0 || shard >= inputs.shards() || tally.inputs() != inputs.count(shard)) {
      throw new IllegalArgumentException("shard " + shard + " has " + tally.inputs() + " inputs");
    }
    if (shards.put(shard, tally) != null) {
      throw new IllegalArgumentException("shard " + shard + " is there twice");
    }
  }
}
