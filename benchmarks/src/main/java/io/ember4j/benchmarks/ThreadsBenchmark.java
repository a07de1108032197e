package io.ember4j.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does a second thread bring? The cells of {@link ActivationBenchmark}, in a process of two
 * threads ({@code -p threads=2}) beside one of one.
 */
@State(Scope.Thread)
public class ThreadsBenchmark extends ActivationBenchmark {}
