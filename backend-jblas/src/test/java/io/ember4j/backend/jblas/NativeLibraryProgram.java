package io.ember4j.backend.jblas;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import java.util.List;

/**
 * Runs in a JVM of its own for {@link NativeLibraryTest}: every primitive in every aliasing that
 * could reach native code, and a matrix product; prints {@code right} and the notes.
 */
final class NativeLibraryProgram {
  private NativeLibraryProgram() {}

  public static void main(String[] arguments) {
    Backend backend = new JblasBackendProvider().create();
    for (DType dtype : DType.values()) {
      Buffer x = Numbers.buffer(backend, dtype, 1, 2, 3, 4);
      for (Primitive primitive : Primitive.values()) {
        Operand fresh = new Operand.View(Numbers.buffer(backend, dtype, 1, 2, 3, 4), 1);
        List<Operand> operands = List.of(fresh, new Operand.View(x, 1), new Operand.Constant(1));
        backend.apply(primitive, operands.subList(0, primitive.arity()), x);
      }
      Buffer a = Numbers.buffer(backend, dtype, 1, 2, 3, 4);
      Buffer b = Numbers.buffer(backend, dtype, 5, 6, 7, 8);
      Buffer c = Numbers.garbage(backend, dtype, 4);
      backend.matmul(new MatmulSpec(1, 2, 2, 2, false, false, 4, 4), a, b, c);
      Numbers.assertSame(
          new double[] {19, 22, 43, 50}, Numbers.values(backend, c), "product " + dtype);
    }
    System.out.println("right");
    System.out.println(backend.notes());
    if (System.out.checkError()) {
      throw new IllegalStateException("cannot write to standard output");
    }
  }
}
