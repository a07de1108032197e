package io.ember4j;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice of the whole process and why it was made.
 *
 * @param backend the backend
 * @param reason what chose it
 */
record Selection(ActiveBackend backend, String reason) {
  static final String PROPERTY = "ember4j.backend";
  static final String VARIABLE = "EMBER4J_BACKEND";

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static volatile Selection current;

  static void set(ActiveBackend backend) {
    choose(new Selection(backend, "Backends.set"));
  }

  static Selection current() {
    Selection chosen = current;
    return chosen != null ? chosen : initial();
  }

  private static synchronized Selection initial() {
    if (current == null) {
      choose(find(System.getProperty(PROPERTY), System.getenv()));
    }
    return current;
  }

  private static synchronized void choose(Selection selection) {
    Selection before = current;
    current = selection;
    if (before == null || before.backend() != selection.backend()) {
      LOG.info("backend {}: chosen by {}", selection.backend().name(), selection.reason());
    }
  }

  /** Finds the choice that the environment makes. */
  static Selection find(String property, Map<String, String> environment) {
    Discovery discovery = Discovery.current();
    if (property != null && !property.isBlank()) {
      return new Selection(discovery.activate(property.strip()), "system property " + PROPERTY);
    }
    String variable = environment.get(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return new Selection(
          discovery.activate(variable.strip()), "environment variable " + VARIABLE);
    }
    ActiveBackend best = discovery.activateBest();
    return new Selection(best, "the highest priority of those available");
  }
}
