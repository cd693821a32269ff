import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.hisp.dhis.lib.expression.Expression;
import org.hisp.dhis.lib.expression.ExpressionMode;
import org.hisp.dhis.lib.expression.ast.Node;
import org.hisp.dhis.lib.expression.ast.NodeType;

/** How the rule engine's parser groups: one expression a line in, the same with all parentheses out. */
public final class Rules {
  public static void main(String[] arguments) throws Exception {
    Field root = Expression.class.getDeclaredField("root");
    root.setAccessible(true);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder answers = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.append(answer(root, line)).append('\n');
    }
    System.out.print(answers);
  }

  private static String answer(Field root, String text) throws IllegalAccessException {
    try {
      return grouped((Node<?>) root.get(new Expression(text, ExpressionMode.RULE_ENGINE_ACTION, false)));
    } catch (RuntimeException refused) {
      return "refused";
    }
  }

  private static String grouped(Node<?> node) {
    if (node.getType() == NodeType.BINARY_OPERATOR) {
      return "(" + grouped(node.child(0)) + operator(node) + grouped(node.child(1)) + ")";
    }
    if (node.getType() == NodeType.UNARY_OPERATOR) {
      return "(" + operator(node) + grouped(node.child(0)) + ")";
    }
    if (node.size() > 1) {
      throw new IllegalStateException("a sign was left without its value");
    }
    return node.size() == 1 ? grouped(node.child(0)) : node.getRawValue();
  }

  private static String operator(Node<?> node) {
    String written = node.getRawValue();
    return switch (written) {
      case "and" -> "&&";
      case "or" -> "||";
      case "not" -> "!";
      default -> written;
    };
  }
}
