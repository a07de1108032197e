package io.ember4j;

/** The open scopes of each thread, innermost first. */
final class Scopes {
  private static final ThreadLocal<BackendScope> INNERMOST = new ThreadLocal<>();

  private Scopes() {}

  /** Returns the innermost open scope of this thread, or null. */
  static BackendScope innermost() {
    return INNERMOST.get();
  }

  static BackendScope push(ActiveBackend backend, Lowering lowering) {
    BackendScope scope = new BackendScope(INNERMOST.get(), backend, lowering);
    INNERMOST.set(scope);
    return scope;
  }

  static void pop(BackendScope scope) {
    if (INNERMOST.get() != scope) {
      throw new IllegalStateException(
          "a scope of backend "
              + scope.backend().name()
              + " was closed while a scope opened after"
              + " it is open; close scopes in reverse order, best with try-with-resources");
    }
    // Not removed: a thread that calls once calls again, and null keeps nothing alive.
    INNERMOST.set(scope.outer());
  }

  /** Runs the action with the given scope's choice as this thread's; null for none. */
  static void runWith(BackendScope choice, Runnable action) {
    if (choice == null) {
      action.run();
      return;
    }
    try (BackendScope scope = push(choice.backend(), choice.lowering())) {
      action.run();
    }
  }
}
