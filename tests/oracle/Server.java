import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.hisp.dhis.parser.expression.antlr.ExpressionLexer;
import org.hisp.dhis.parser.expression.antlr.ExpressionParser;

/** How the server's grammar groups: one expression a line in, the same with all parentheses out. */
public final class Server {
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder answers = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.append(answer(line)).append('\n');
    }
    System.out.print(answers);
  }

  private static String answer(String text) {
    ExpressionLexer lexer = new ExpressionLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    lexer.addErrorListener(new Refusing());
    ExpressionParser parser = new ExpressionParser(new CommonTokenStream(lexer));
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return grouped(parser.expression().expr());
    } catch (RuntimeException refused) {
      return "refused";
    }
  }

  /** A character that the grammar does not know ends the reading. */
  private static final class Refusing extends BaseErrorListener {
    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message, RecognitionException why) {
      throw new IllegalArgumentException(message);
    }
  }

  private static String grouped(ParseTree tree) {
    ParseTree[] parts = new ParseTree[tree.getChildCount()];
    int count = 0;
    for (int number = 0; number < tree.getChildCount(); number++) {
      if (!tree.getChild(number).getText().isBlank()) {
        parts[count++] = tree.getChild(number);
      }
    }
    if (count == 3 && parts[1] instanceof TerminalNode) {
      return "(" + grouped(parts[0]) + operator(parts[1]) + grouped(parts[2]) + ")";
    }
    if (count == 3 && parts[0].getText().equals("(")) {
      return grouped(parts[1]);
    }
    if (count == 2 && parts[0] instanceof TerminalNode) {
      return "(" + operator(parts[0]) + grouped(parts[1]) + ")";
    }
    return count == 1 ? grouped(parts[0]) : tree.getText();
  }

  private static String operator(ParseTree node) {
    String written = node.getText();
    return switch (written) {
      case "and" -> "&&";
      case "or" -> "||";
      case "not" -> "!";
      default -> written;
    };
  }
}
