/**
 * The backend that needs nothing but the JDK: Java arrays, SIMD where the JVM offers it.
 *
 * <p>{@code PureBackend} shares the work out:
 *
 * <ul>
 *   <li>Elementwise: {@code Compiler} turns an expression into a {@code Program} of {@code
 *       Kernel}s, {@code Evaluation} runs it over operands. A kernel's instructions are a {@code
 *       Code}, made by {@code Lowering} and, for functions, by the classes in {@code ...Kernels};
 *       {@code LoopWriter} makes a {@code Loop} of it, scalar or in vectors, and {@code Variant}
 *       chooses between them.
 *   <li>Along an axis: {@code FloatSum}, {@code FloatColumnSum}, {@code FloatExtreme}, {@code
 *       FloatSoftmax} and their twins for float64; sums follow the written {@code SumOrder}.
 *   <li>Matrix products: {@code FloatMatmul} and {@code DoubleMatmul}.
 *   <li>Under all of them: {@code Simd} says whether there are vectors, {@code WarmUp} when they
 *       are fast, {@code Workers} has the threads, {@code BufferPool} the memory.
 * </ul>
 *
 * <p>A class for float32 and its twin for float64 differ in the type of the numbers and in nothing
 * else: Java has no generics over primitive types, and the loops must be monomorphic to be fast.
 * Kernels are written once for both.
 */
package io.ember4j.backend.pure;
