package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendInfo;
import io.ember4j.BackendReport;
import io.ember4j.spi.Availability;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsCommandTest {
  @Test
  void listsWhatIsThereAndWhichIsCurrent() {
    CommandRun.of("backends")
        .assertFine()
        .assertPrinted("* pure", "nd4j", "jblas", "available", "Current: pure, chosen by");
  }

  @Test
  void saysWhyABackendCannotRunAndWhatFailed() {
    var no = Availability.no("libgfortran.so.5 is missing", "apt-get install libgfortran5");
    var report =
        new BackendReport(
            List.of(new BackendInfo("fast", "1.0", 5, "a.Provider", no, List.of())),
            List.of("provider b.Provider: NoClassDefFoundError: c/Missing"));
    var text = new StringWriter();
    var out = new PrintWriter(text, true);
    BackendsCommand.print(out, report, null);
    for (String part :
        List.of(
            "cannot run here",
            "libgfortran.so.5 is missing",
            "To do: apt-get install libgfortran5",
            "NoClassDefFoundError: c/Missing")) {
      assertTrue(text.toString().contains(part), text.toString());
    }
  }
}
