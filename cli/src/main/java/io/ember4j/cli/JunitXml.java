package io.ember4j.cli;

import io.ember4j.conformance.RuleResult;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as CI servers read it: a suite for each backend, a case for each rule. A deviation and what
 * could not run, but may, are skipped. What is wrong with a run itself is a failed case of its own.
 */
final class JunitXml {
  private final ConformanceRun run;

  JunitXml(ConformanceRun run) {
    this.run = run;
  }

  String text() {
    var text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml);
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "ember4j conformance");
      for (ConformanceRun.Of of : run.backends()) {
        suite(xml, of);
      }
      if (!run.problems().isEmpty()) {
        int problems = run.problems().size();
        start(xml, "ember4j", problems, problems, 0, 0);
        for (String problem : run.problems()) {
          failure(xml, "ember4j", "run", problem);
        }
        end(xml);
      }
      line(xml);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("junit.xml", e); // a string takes everything
    }
    return text.append('\n').toString();
  }

  private static void suite(XMLStreamWriter xml, ConformanceRun.Of of) throws XMLStreamException {
    var report = of.report();
    boolean notRun = report.allowedUnavailable();
    int problems = report.problems().size();
    double seconds = of.seconds().values().stream().mapToDouble(v -> v).sum();
    start(
        xml,
        of.name(),
        report.results().size() + problems + (notRun ? 1 : 0),
        of.failures() + problems,
        report.count(RuleResult.Outcome.DEVIATES) + (notRun ? 1 : 0),
        seconds);
    for (String problem : report.problems()) {
      failure(xml, of.name(), "run", problem);
    }
    if (notRun) {
      startCase(xml, of.name(), "run", 0);
      skipped(xml, report.unavailable());
      xml.writeEndElement();
    }
    for (RuleResult result : report.results()) {
      rule(xml, of, result);
    }
    end(xml);
  }

  private static void rule(XMLStreamWriter xml, ConformanceRun.Of of, RuleResult result)
      throws XMLStreamException {
    double seconds = of.seconds().getOrDefault(result.rule().id(), 0.0);
    if (result.isFailure()) {
      startCase(xml, of.name(), result.rule().id(), seconds);
      failure(xml, result.message());
      xml.writeEndElement();
    } else if (result.outcome() == RuleResult.Outcome.DEVIATES) {
      startCase(xml, of.name(), result.rule().id(), seconds);
      skipped(xml, result.message());
      xml.writeEndElement();
    } else {
      line(xml);
      xml.writeEmptyElement("testcase");
      attributes(xml, of.name(), result.rule().id(), seconds);
    }
  }

  private static void start(
      XMLStreamWriter xml, String name, long tests, long failures, long skipped, double seconds)
      throws XMLStreamException {
    line(xml);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", Html.legal(name));
    xml.writeAttribute("tests", Long.toString(tests));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(skipped));
    xml.writeAttribute("time", time(seconds));
  }

  private static void end(XMLStreamWriter xml) throws XMLStreamException {
    line(xml);
    xml.writeEndElement();
  }

  private static void startCase(XMLStreamWriter xml, String suite, String name, double seconds)
      throws XMLStreamException {
    line(xml);
    xml.writeStartElement("testcase");
    attributes(xml, suite, name, seconds);
  }

  private static void attributes(XMLStreamWriter xml, String suite, String name, double seconds)
      throws XMLStreamException {
    xml.writeAttribute("classname", Html.legal("conformance." + suite));
    xml.writeAttribute("name", Html.legal(name));
    xml.writeAttribute("time", time(seconds));
  }

  private static void failure(XMLStreamWriter xml, String suite, String name, String message)
      throws XMLStreamException {
    startCase(xml, suite, name, 0);
    failure(xml, message);
    xml.writeEndElement();
  }

  private static void failure(XMLStreamWriter xml, String message) throws XMLStreamException {
    xml.writeStartElement("failure");
    xml.writeAttribute("message", Html.legal(message.lines().findFirst().orElse("")));
    xml.writeCharacters(Html.legal(message));
    xml.writeEndElement();
  }

  private static void skipped(XMLStreamWriter xml, String message) throws XMLStreamException {
    xml.writeEmptyElement("skipped");
    xml.writeAttribute("message", Html.legal(message));
  }

  private static void line(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
