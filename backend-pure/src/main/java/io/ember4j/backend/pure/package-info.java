/**
 * The backend that needs only the JDK, and the embedded default.
 *
 * <p>{@link io.ember4j.backend.pure.PureBackend} hands each task to one small piece: {@code
 * Evaluation} for everything elementwise (an expression compiled to a {@code Program} of {@code
 * Step}s, run block by block), {@code FloatSum} and {@code DoubleSum} for sums in their written
 * order, {@code FloatExtreme} and {@code DoubleExtreme}, {@code FloatMatmul} and {@code
 * DoubleMatmul} (which use SIMD where {@code Simd} finds it, and the threads of {@code Workers}),
 * {@code Softmax}, and {@code StridedCopy}. The tight loops of the primitives are in {@code
 * FloatKernels} and {@code DoubleKernels}.
 *
 * <p>A class for float32 and its twin for float64 differ in the type of the numbers and in nothing
 * else: Java has no generics over primitive types, and the loops must be monomorphic to be fast.
 */
package io.ember4j.backend.pure;
