package io.ember4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Records the operations of this thread, so that gradients can go back through them.
 *
 * <pre>{@code
 * try (GradientTape tape = GradientTape.record()) {
 *   Tensor loss = Losses.crossEntropy(model.forward(x, true), labels);
 *   tape.backward(loss); // now every Parameter of the model has its grad()
 * }
 * }</pre>
 *
 * <p>Everything computed by {@link Ops}, activations and layers between {@code record} and {@code
 * close} is recorded, whatever it is computed from; there is nothing to mark. Values that were read
 * into Java, results of comparisons and {@link Ops#argmax} are constants. Until the tape is closed,
 * gradients can be asked for any number of times. They are computed on the backend in effect then.
 *
 * <p>Changes in place ({@code relu_}, {@link Ops#evaluate_}) are not recorded: those of tensors
 * that the tape has recorded are refused, and for tensors that took part in another one the tape
 * gives no gradient.
 *
 * <p>The tape keeps its operations' results and operands from the garbage collector until it is
 * closed, and of the values what the gradients need, also of tensors that are closed meanwhile: a
 * tape for each step of training, not one for all.
 *
 * <p>A tape belongs to the thread that made it, and a thread has one at a time. What other threads
 * compute, such as in a parallel stream, is not recorded: to the tape it is constant. Nor is what
 * the tape itself computes, so there are no gradients of gradients.
 */
public final class GradientTape implements AutoCloseable {
  private static final ThreadLocal<GradientTape> CURRENT = new ThreadLocal<>();

  private final Thread owner = Thread.currentThread();
  private final GradientTape outer;
  private final TapeContent content = new TapeContent();
  private final InPlaceChanges changes = new InPlaceChanges(content);
  private final Map<Tensor, Consumer<Tensor>> watched = new LinkedHashMap<>();

  /** Where the tape began to record, for whom it keeps from recording; null inside gradientOf. */
  private final GradientException began;

  private int pauses;
  private boolean closed;

  private GradientTape(GradientTape outer, GradientException began) {
    this.outer = outer;
    this.began = began;
    CURRENT.set(this);
  }

  // ---- recording

  /**
   * Starts recording what this thread computes, until the tape is closed.
   *
   * @throws GradientException if this thread has a tape open; its cause tells where that was made
   */
  public static GradientTape record() {
    GradientTape open = CURRENT.get();
    if (open != null) {
      throw new GradientException(
          "this thread records on a tape already; close it first, best with try-with-resources, or"
              + " call GradientTape.discard() if nobody has it any more",
          open.began);
    }
    return new GradientTape(null, new GradientException("the open tape was made here"));
  }

  /**
   * Closes the tape that this thread has open, if there is one, and returns whether there was: for
   * a tape that nobody can close any more, as its variable is lost. Before a pooled thread takes up
   * new work, it makes sure that the work before has left none.
   */
  public static boolean discard() {
    boolean found = false;
    for (GradientTape open = CURRENT.get(); open != null; open = CURRENT.get()) {
      open.close(); // inside of gradientOf there is another one around it
      found = true;
    }
    return found;
  }

  /** Returns whether what this thread computes now is recorded. */
  public static boolean isRecording() {
    return recording() != null;
  }

  /**
   * Keeps what this thread computes from being recorded until the pause is closed: its results are
   * constants to the tape. Without a tape it does nothing.
   */
  public static Pause pause() {
    return new Pause(CURRENT.get());
  }

  /**
   * A stretch of a thread's work that is not recorded; use it in a try-with-resources statement.
   */
  public static final class Pause implements AutoCloseable {
    private GradientTape tape;

    private Pause(GradientTape tape) {
      this.tape = tape;
      if (tape != null) {
        tape.pauses++;
      }
    }

    /** Ends the pause; closing twice does nothing. */
    @Override
    public void close() {
      if (tape != null) {
        tape.pauses--;
        tape = null;
      }
    }
  }

  /**
   * Has each {@link #backward} of the tape that this thread records on hand the tensor's gradient
   * to the sink, which then owns it; without a tape it does nothing. That is how a {@code
   * Parameter} gets its gradient.
   *
   * @throws GradientException if another sink watches the tensor, or it took part in a change in
   *     place since this tape began to record
   */
  public static void watch(Tensor value, Consumer<Tensor> sink) {
    Objects.requireNonNull(value, "value is null; pass a tensor");
    Objects.requireNonNull(sink, "sink is null; pass gradient -> ...");
    GradientTape tape = recording();
    if (tape != null) {
      tape.changes.checkRecorded(value, "parameter");
      Consumer<Tensor> other = tape.watched.putIfAbsent(value, sink);
      if (other != null && other != sink) {
        throw new GradientException(
            "two parameters hold one tensor of shape "
                + value.shape()
                + ", so their gradients cannot be told apart; give one of them its detach()");
      }
    }
  }

  /** Returns the tape that this thread records on, or null. */
  static GradientTape recording() {
    GradientTape tape = CURRENT.get();
    return tape == null || tape.pauses > 0 ? null : tape;
  }

  TapeContent content() {
    return content;
  }

  /** Throws if a change in place of the target with these operands would falsify a gradient. */
  void checkMayChange(Tensor target, Tensor... operands) {
    changes.checkTarget(target, knows(target));
    for (Tensor operand : operands) {
      changes.checkOperand(operand, knows(operand));
    }
  }

  InPlaceChanges changes() {
    return changes;
  }

  private boolean knows(Tensor tensor) {
    return watched.containsKey(tensor) || content.knows(tensor);
  }

  // ---- gradients

  /**
   * Adds the gradients of the loss to the parameters that it was computed from ({@code
   * Parameter.grad()}).
   *
   * @param loss one element, computed since this tape began to record
   * @throws ShapeException if the loss has more or fewer elements than one
   * @throws GradientException if it does not depend on any parameter, or was not recorded
   */
  public void backward(Tensor loss) {
    try (Tensor one = ones(loss)) {
      backward(loss, one);
    }
  }

  /**
   * Adds the gradients of the sum of target times upstream to the parameters that the target was
   * computed from.
   *
   * @throws ShapeException if the upstream has not the target's shape
   * @throws GradientException if the target does not depend on any parameter, or was not recorded
   */
  public void backward(Tensor target, Tensor upstream) {
    List<Tensor> parameters = List.copyOf(watched.keySet());
    check(target, upstream, parameters);
    Map<Tensor, Tensor> gradients = run(target, upstream, parameters);
    if (gradients.isEmpty()) {
      throw new GradientException(
          "the target of shape "
              + target.shape()
              + " does not depend on any parameter; compute it from a layer's parameters while"
              + " the tape records");
    }
    Iterator<Map.Entry<Tensor, Tensor>> rest = gradients.entrySet().iterator();
    try {
      while (rest.hasNext()) {
        Map.Entry<Tensor, Tensor> next = rest.next();
        watched.get(next.getKey()).accept(next.getValue());
      }
    } catch (RuntimeException | Error e) {
      rest.forEachRemaining(entry -> entry.getValue().close());
      throw e;
    }
  }

  /**
   * Returns the gradient of the target, one element, with respect to the source; it has the
   * source's shape and dtype.
   *
   * @param source any tensor that took part in the recorded computation, or a result on the way
   * @throws ShapeException if the target has more or fewer elements than one
   * @throws GradientException if the target does not depend on the source, or one of them took part
   *     in a change in place since this tape began to record
   */
  public Tensor gradient(Tensor target, Tensor source) {
    return gradient(target, Collections.singletonList(source)).get(0);
  }

  /**
   * Returns the gradients of the target, one element, with respect to the sources, in order.
   *
   * @throws ShapeException if the target has more or fewer elements than one
   * @throws GradientException if the target does not depend on one of the sources, or one of them
   *     took part in a change in place since this tape began to record
   */
  public List<Tensor> gradient(Tensor target, List<Tensor> sources) {
    try (Tensor one = ones(target)) {
      return gradient(target, one, sources);
    }
  }

  /**
   * Returns the gradients of the sum of target times upstream with respect to the sources, in
   * order.
   *
   * @throws ShapeException if the upstream has not the target's shape
   * @throws GradientException if the target does not depend on one of the sources, or one of them
   *     took part in a change in place since this tape began to record
   */
  public List<Tensor> gradient(Tensor target, Tensor upstream, List<Tensor> sources) {
    checkUsable();
    Objects.requireNonNull(sources, "sources is null; pass a list of tensors");
    for (Tensor source : sources) {
      Objects.requireNonNull(source, "source is null; pass a tensor");
      changes.checkRecorded(source, "source");
    }
    check(target, upstream, sources);
    Map<Tensor, Tensor> gradients = run(target, upstream, sources);
    for (Tensor source : sources) {
      if (!gradients.containsKey(source)) {
        gradients.values().forEach(Tensor::close);
        throw new GradientException(
            "the target of shape "
                + target.shape()
                + " does not depend on the source of shape "
                + source.shape()
                + (knows(source) ? "" : ", which this tape has not seen,")
                + " by operations that were recorded and have a gradient; argmax, comparisons and"
                + " values read into Java have none, and a copy is another tensor");
      }
    }
    List<Tensor> ordered = new ArrayList<>();
    for (Tensor source : sources) {
      Tensor gradient = gradients.get(source);
      // A source named twice gets a tensor each.
      ordered.add(ordered.contains(gradient) ? gradient.reshapeTo(gradient.shape()) : gradient);
    }
    return ordered;
  }

  /**
   * Returns the gradient at x of a function of it, for that upstream, by a tape of its own; also
   * while another tape records, to which the result is a constant.
   *
   * @throws ShapeException if the upstream has not the shape of the function's result
   * @throws GradientException if the result does not depend on x
   */
  public static Tensor gradientOf(UnaryOperator<Tensor> function, Tensor x, Tensor upstream) {
    Objects.requireNonNull(function, "function is null; pass x -> ...");
    Tensor.checkUsable(x, "x");
    try (GradientTape tape = new GradientTape(CURRENT.get(), null);
        Tensor start = x.reshapeTo(x.shape());
        Tensor result = function.apply(start)) {
      return tape.gradient(result, upstream, List.of(start)).get(0);
    }
  }

  private Tensor ones(Tensor target) {
    checkUsable();
    if (Tensor.checkUsable(target, "target").size() != 1) {
      throw new ShapeException(
          "a gradient starts at one element, the target has shape "
              + target.shape()
              + "; take its sum or mean, or pass an upstream of its shape");
    }
    return Tensor.full(1, target.dtype(), target.shape().toArray());
  }

  private void check(Tensor target, Tensor upstream, List<Tensor> sources) {
    checkUsable();
    Objects.requireNonNull(target, "target is null; pass a tensor");
    Tensor.checkUsable(upstream, "upstream");
    if (!upstream.shape().equals(target.shape())) {
      throw new ShapeException(
          "the upstream has shape "
              + upstream.shape()
              + ", the target "
              + target.shape()
              + "; they must be equal");
    }
    changes.checkRecorded(target, "target");
    if (!knows(target) && !sources.contains(target)) {
      throw new GradientException(
          "the target of shape "
              + target.shape()
              + " does not depend on anything that this tape has recorded: it was computed before"
              + " record(), under a pause, on another thread or another tape, or by argmax, comparisons"
              + " or in Java; compute it from tensors while this tape records");
    }
  }

  private Map<Tensor, Tensor> run(Tensor target, Tensor upstream, List<Tensor> sources) {
    try (BackendScope scope = Backends.pin();
        Pause pause = new Pause(this);
        Tensor start = Ops.cast(upstream, target.dtype())) {
      return content.gradients(target, start, sources);
    }
  }

  private void checkUsable() {
    checkThread();
    if (closed) {
      throw new GradientException(
          "the tape was closed, and what it recorded is gone; ask for gradients before close()");
    }
  }

  private void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new GradientException(
          "this tape belongs to thread "
              + owner.getName()
              + " and was used on thread "
              + Thread.currentThread().getName()
              + "; record and ask for gradients on one thread");
    }
  }

  /**
   * Ends recording and frees what the tape held. Closing twice does nothing.
   *
   * @throws GradientException if called on another thread than that of {@link #record}
   */
  @Override
  public void close() {
    checkThread();
    if (closed) {
      return;
    }
    closed = true;
    if (CURRENT.get() == this) {
      GradientTape next = outer;
      while (next != null && next.closed) {
        next = next.outer;
      }
      if (next == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(next);
      }
    }
    content.close();
  }
}
