package io.ember4j.backend.pure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives the stages of a program as few registers as their lifetimes allow. */
final class Registers {
  private final int inputs;
  private final List<Program.Stage> stages;
  private final Map<Integer, Integer> lastReads = new HashMap<>();
  private final Map<Integer, Integer> assigned = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int count;

  /** Takes stages that each write a place of their own. */
  Registers(int inputs, List<Program.Stage> stages) {
    this.inputs = inputs;
    this.stages = stages;
  }

  Program assign() {
    for (int i = 0; i < stages.size(); i++) {
      for (int argument : stages.get(i).arguments()) {
        lastReads.put(argument, i);
      }
    }
    List<Program.Stage> result = new ArrayList<>(stages.size());
    for (int i = 0; i < stages.size(); i++) {
      result.add(assign(i));
    }
    return new Program(inputs, count, result);
  }

  private Program.Stage assign(int index) {
    Program.Stage stage = stages.get(index);
    int[] arguments = new int[stage.arguments().length];
    for (int k = 0; k < arguments.length; k++) {
      int place = stage.arguments()[k];
      arguments[k] = place < inputs ? place : assigned.get(place);
    }
    // Freed before the target is taken: a loop reads element i before it writes element i.
    for (int place : stage.arguments()) {
      if (place >= inputs && lastReads.remove(place, index)) {
        free.push(assigned.get(place));
      }
    }
    boolean isLast = index == stages.size() - 1;
    int target = -1;
    if (!isLast) {
      target = free.isEmpty() ? inputs + count++ : free.pop();
      assigned.put(stage.target(), target);
    }
    return stage instanceof Program.Fused fused
        ? new Program.Fused(fused.kernel(), arguments, fused.numbers(), target)
        : new Program.Routine(((Program.Routine) stage).routine(), arguments, target);
  }
}
