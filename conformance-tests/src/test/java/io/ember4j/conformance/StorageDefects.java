package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.downloads;
import static io.ember4j.conformance.Wrapper.elements;
import static io.ember4j.conformance.Wrapper.size;
import static io.ember4j.conformance.Wrapper.stored;
import static io.ember4j.conformance.Wrapper.uploads;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Defects of memory: what is stored, what is recycled, what is written in place. */
final class StorageDefects {
  private StorageDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "upload-flushes-subnormals",
            "An upload of float32 makes subnormal numbers 0.",
            () ->
                uploads(
                    stored(DType.FLOAT32, 81),
                    values ->
                        map(values, v -> Math.abs(v) < Float.MIN_NORMAL ? Math.copySign(0, v) : v)),
            "ST-1.round-trip"),
        Defect.of(
            "upload-loses-the-sign-of-zero",
            "An upload adds 0, so that -0 becomes 0.",
            () -> uploads(stored(DType.FLOAT64, 27), values -> map(values, v -> v + 0.0)),
            "ST-1.round-trip"),
        Defect.of(
            "download-stops-at-whole-vectors",
            "A download leaves out the elements after the last whole vector of 16.",
            () ->
                downloads(
                    stored(DType.FLOAT64, 4098),
                    values -> {
                      Arrays.fill(values, 4096, 4098, 0);
                      return values;
                    }),
            "ST-2.tails",
            "PR-1.position-primitives",
            "PR-2.position-activations",
            "PR-11.softmax-sums"),
        Defect.of(
            "constant-arrays-are-stored-as-floats",
            "An array of equal numbers is stored as one number, in float32.",
            () ->
                uploads(
                    stored(DType.FLOAT64, 289),
                    values ->
                        Arrays.stream(values).allMatch(v -> v == values[0])
                            ? map(values, v -> (float) v)
                            : values),
            "ST-3.filled"),
        Defect.of(
            "convert-truncates",
            "float64 becomes float32 by dropping digits.",
            Truncates::new,
            "ST-4.conversion",
            "TP-5.cast"),
        Defect.of(
            "convert-goes-through-text",
            "float32 becomes float64 by its decimal text, 0.1f the double 0.1.",
            GoesThroughText::new,
            "BC-3.dtypes"),
        Defect.of(
            "upload-keeps-the-callers-array",
            "An array is copied when it is first read, not when it is uploaded.",
            CopiesLate::new,
            "ST-5.copied"),
        Defect.of(
            "pool-hands-out-a-buffer-twice",
            "A released buffer stays in the pool when it is handed out.",
            () -> new HandsOutTwice(DType.FLOAT64, 67),
            "ST-6.fresh",
            "AC-29.log-softmax-composed",
            "AC-29.log-softmax-values",
            "BC-2.views",
            "PR-1.position-primitives",
            "PR-2.position-activations",
            "PR-3.inputs-untouched",
            "TP-2.broadcast"),
        Defect.of(
            "pool-ignores-that-a-buffer-is-held",
            "allocate hands out the buffers of one size in turn, without waiting for release.",
            () -> new TakesTurns(68),
            "LC-2.shared",
            "LC-5.operands-stay",
            "TP-6.axes"),
        Defect.of(
            "select-clears-its-result-first",
            "SELECT sets its result to 0 before it reads, also where that is an operand.",
            ClearsFirst::new,
            "LC-3.in-place",
            "PR-2.position-activations",
            "RN-3.rrelu-slopes",
            "TP-11.binary-cross-entropy",
            "RX-1.exact",
            "RX-2.enclosed",
            "RX-3.gradients"),
        Defect.of(
            "select-in-place-is-left-out-when-small",
            "SELECT in place does nothing where there is less than one vector of 8 elements.",
            () ->
                elements(
                    Primitive.SELECT,
                    (operands, result) ->
                        result.size() > 4 && result.size() < 8 && Wrapper.inPlace(operands, result),
                    (c, a, b, right) -> a),
            "ER-6.unchanged",
            "RX-1.exact",
            "RX-2.enclosed",
            "RX-3.gradients"),
        Defect.of(
            "select-in-place-runs-twice-over-a-block",
            "SELECT in place computes blocks of 256 elements, the last one a second time.",
            () ->
                elements(
                    Primitive.SELECT,
                    (operands, result) -> result.size() == 272 && Wrapper.inPlace(operands, result),
                    (c, a, b, right) -> right * 2),
            "NN-1.functional"),
        Defect.of(
            "add-writes-into-its-operand",
            "ADD of a tensor to itself writes the first sum into the operand.",
            WritesIntoItsOperand::new,
            "PR-3.inputs-untouched"),
        Defect.of(
            "max-sorts-its-operand",
            "The reduction to the largest element sorts the source in its place.",
            SortsItsOperand::new,
            "LC-5.operands-stay"),
        Defect.of(
            "download-is-cached",
            "A second download of a buffer gives what the first one did, whatever was written since.",
            CachesDownloads::new,
            "LC-6.stale-copies"),
        Defect.of(
            "upload-of-few-elements-flushes",
            "An upload of at most 5 elements takes a way that makes subnormal numbers 0.",
            () ->
                uploads(
                    stored(DType.FLOAT64, 5),
                    values -> map(values, v -> Math.abs(v) < Double.MIN_NORMAL ? 0 * v : v)),
            "SL-3.transfers"));
  }

  private static double[] map(double[] values, java.util.function.DoubleUnaryOperator change) {
    return Arrays.stream(values).map(change).toArray();
  }

  private static final class Truncates extends Wrapper {
    @Override
    public void convert(Buffer source, Buffer target) {
      double[] values = read(source);
      for (int i = 0; i < values.length && target.dtype() == DType.FLOAT32; i++) {
        float near = (float) values[i];
        values[i] = Math.abs(near) > Math.abs(values[i]) ? Math.nextAfter(near, 0) : near;
      }
      write(target, values);
    }
  }

  private static final class GoesThroughText extends Wrapper {
    @Override
    public void convert(Buffer source, Buffer target) {
      boolean widens = target.dtype() == DType.FLOAT64 && target.size() == 17;
      write(
          target,
          map(read(source), v -> widens ? Double.parseDouble(Float.toString((float) v)) : v));
    }
  }

  private static final class CopiesLate extends Wrapper {
    private final Map<Buffer, double[]> late = new HashMap<>();

    @Override
    public synchronized void upload(double[] source, Buffer target) {
      super.upload(source, target);
      if (source.length == 3) {
        late.put(target, source);
      }
    }

    @Override
    public synchronized void download(Buffer source, double[] target) {
      double[] kept = late.remove(source);
      if (kept != null) {
        super.upload(kept, source);
      }
      super.download(source, target);
    }
  }

  private static final class HandsOutTwice extends Wrapper {
    private final DType dtype;
    private final long size;
    private Buffer kept;

    HandsOutTwice(DType dtype, long size) {
      this.dtype = dtype;
      this.size = size;
    }

    @Override
    public synchronized void release(Buffer buffer) {
      kept = buffer.dtype() == dtype && buffer.size() == size ? buffer : kept;
    }

    @Override
    public synchronized Buffer allocate(DType wanted, long elements) {
      boolean fits = kept != null && wanted == dtype && elements == size;
      return fits ? kept : super.allocate(wanted, elements);
    }
  }

  private static final class TakesTurns extends Wrapper {
    private static final int BUFFERS = 8;

    private final long size;
    private final Deque<Buffer> ring = new ArrayDeque<>();

    TakesTurns(long size) {
      this.size = size;
    }

    @Override
    public synchronized Buffer allocate(DType dtype, long elements) {
      if (elements != size || dtype != DType.FLOAT32) {
        return super.allocate(dtype, elements);
      }
      Buffer next = ring.size() < BUFFERS ? super.allocate(dtype, elements) : ring.poll();
      ring.add(next);
      return next;
    }
  }

  private static final class ClearsFirst extends Wrapper {
    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      if (primitive == Primitive.SELECT && result.size() == 16) {
        write(result, new double[16]);
      }
      super.apply(primitive, operands, result);
    }
  }

  private static final class WritesIntoItsOperand extends Wrapper {
    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      super.apply(primitive, operands, result);
      if (primitive == Primitive.ADD
          && size(67).fires(operands, result)
          && operands.get(0) instanceof Operand.View view
          && operands.get(0).equals(operands.get(1))) {
        NaiveBackend.of(view.buffer())[0] = NaiveBackend.of(result)[0];
      }
    }
  }

  private static final class SortsItsOperand extends Wrapper {
    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      super.reduce(reduction, source, outer, n, inner, result);
      if (reduction == Reduction.MAX && source.size() == 68) {
        Arrays.sort(NaiveBackend.of(source));
      }
    }
  }

  private static final class CachesDownloads extends Wrapper {
    private final Map<Buffer, double[]> cache = new HashMap<>();

    @Override
    public synchronized void download(Buffer source, double[] target) {
      if (source.size() == 17) {
        double[] values = cache.computeIfAbsent(source, this::read);
        System.arraycopy(values, 0, target, 0, values.length);
      } else {
        super.download(source, target);
      }
    }
  }
}
