package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Writes docs/benchmarks.md from finished cells; those that are missing read {@code ?}. */
record Report(Plan plan, List<Results> runs, String processor) {
  String write() {
    // The first run's details; of the others the goals only.
    Results results = runs.get(0);
    ActivationTables activations = new ActivationTables(plan, results);
    SmallTables small = new SmallTables(plan, results);
    List<Cell> matmul = new ArrayList<>(plan.questions().matmul(1));
    matmul.addAll(plan.questions().matmul(2));
    return introduction()
        + "## Goals\n\n"
        + "The worst cell counts. Bold: not reached.\n\n"
        + new Goals(plan, runs).write()
        + "## Activations against PyTorch\n\n"
        + "PyTorch's time over Ember4j's. †: PyTorch is beyond 4 ULP somewhere, so it computes\n"
        + "something easier. PyTorch has no `out=` form of `prelu` and of the gradient of `mish`; its\n"
        + "fresh form stands in. The gradients of `sigmoid`, `tanh` and `log_sigmoid` are given what\n"
        + "its forward pass saves, for nothing; Ember4j's start from x.\n\n"
        + activations.ratios("pytorch")
        + "## Activations against ND4J\n\n"
        + activations.ratios("nd4j")
        + "## Times\n\nns per element at 100,000 elements.\n\n"
        + activations.times()
        + "## Dispatch\n\nOne element.\n\n"
        + small.compare(plan.questions().dispatch(), "pytorch", "nd4j")
        + "## The memory's speed\n\n`System.arraycopy` of as many elements beside it.\n\n"
        + small.compare(plan.questions().arraycopy(), "arraycopy", "pytorch")
        + "## What a backend costs\n\nThe same operation called raw, 100,000 elements, outputs freed"
        + " after each call.\n\n"
        + small.compare(plan.questions().overhead(), "nd4j", "jblas")
        + "## Matrix product\n\nSquare, float32, recycled outputs.\n\n"
        + small.compare(matmul, "pytorch", "nd4j", "jblas")
        + small.gigaflops()
        + "## A network\n\n784-512-10 with gelu, inference, `float[]` to `float[]`.\n\n"
        + small.compare(plan.questions().mlp(), "pytorch")
        + "## Softmax family\n\n"
        + small.compare(plan.questions().softmax(), "pytorch", "nd4j")
        + "## Two threads\n\nHow many times as fast as with one.\n\n"
        + small.threads()
        + "## Cold start\n\n"
        + "From the start of a process to its first gelu of 1,000,000 elements, and the longest of the\n"
        + "30 calls after it. ND4J has no exact gelu and computes x sigmoid(1.702 x).\n\n"
        + small.coldStart()
        + "## Allocation\n\n"
        + "Bytes on the Java heap per call of Ember4j, the fresh result's own elements not counted.\n"
        + "Bytes that grow with N would mean vectors that were boxed, or memory not recycled.\n\n"
        + activations.allocation().stripTrailing()
        + "\n";
  }

  private String introduction() {
    return """
        # Benchmarks

        Written by `benchmarks/run%s`; not edited by hand.

        A number such as `2.3x` is the time of the peer over the time of Ember4j's `backend-pure`: above 1 Ember4j is
        faster. **Bold: slower.** `~`: in a quarter of the rounds it was the other way round. `?`: not measured.

        - Machine: %s
        - Builds (JDK, digest of Ember4j's jars, settings): %s
        - Peers: PyTorch 2.10.0 (CPU, `org.bytedeco:pytorch`) and ND4J 1.0.0-M2.1, both on OpenBLAS 0.3.31; jblas 1.2.5
        - Flags: `%s`; one thread for each library unless a row says otherwise
        - Input: float32, normal, mean 0, standard deviation 2; the same for all
        - Method: JMH, one process for each cell, in which the libraries take turns, %d rounds of %d ms each after a
          warm-up until no library gets faster, and %d rounds more; the median of the ratios within a round
        - Fresh outputs: Ember4j's result is dropped and the garbage collector frees it; PyTorch's and ND4J's is
          allocated in the call and closed after it, which returns it to their allocators
        - Recycled outputs: Ember4j's result is closed after the call; PyTorch writes into the tensor of the last call
          (`out=`), ND4J into a given array
        - PyTorch runs in inference mode and without an autograd graph

        """
        .formatted(
            plan.quick() ? " --quick" : "",
            processor,
            String.join(", ", runs.stream().map(run -> "`" + run.build() + "`").toList()),
            String.join(" ", CellRun.jvmFlags(1)),
            plan.rounds(),
            plan.roundMillis(),
            plan.warmUpRounds());
  }
}
