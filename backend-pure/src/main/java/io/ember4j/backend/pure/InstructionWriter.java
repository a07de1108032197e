package io.ember4j.backend.pure;

import java.util.function.Consumer;

/**
 * How a {@link LoopWriter} writes instructions: for one element at a time, or for a vector of them.
 */
interface InstructionWriter {
  /** Returns how many elements one round of the loop computes. */
  int width();

  /** Returns the type of the variable that holds a value of the kind. */
  String variable(Op.Kind kind);

  /** Pushes the elements of the array in a variable, from a place on. */
  void pushElements(Bytecode code, int array, Consumer<Bytecode> pushPlace);

  /** Pushes the number in a variable, for every lane. */
  void pushNumber(Bytecode code, int number);

  /** Pushes a CONSTANT or BITS_CONSTANT, for every lane. */
  void pushConstant(Bytecode code, Value constant);

  /** Pushes the result of an instruction that has arguments, which {@code push} pushes. */
  void pushResult(Bytecode code, Value value, Consumer<Value> push);

  /** Pushes the result of ADD, MIN or MAX of the values in two variables. */
  void pushOperation(Bytecode code, Op op, int a, int b);

  /** Writes the value in a variable into the array in another. */
  void storeElements(Bytecode code, int value, int array, Consumer<Bytecode> pushPlace);
}
