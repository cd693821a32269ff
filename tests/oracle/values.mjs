// What the rule library for browsers computes: a JSON list of expressions in, a list of values as texts out.
const write = console.log;
console.log = console.warn = console.info = () => {};
const library = await import(process.argv[2]);
const texts = JSON.parse(await new Response(process.stdin).text());
const nothing = () => new library.ExpressionDataJs(new Map(), new Map(), new Map(), new Map(), new Map());
const mode = library.ExpressionMode.valueOf("RULE_ENGINE_ACTION");
const value = (text) => String(new library.ExpressionJs(text, mode).evaluate(() => null, nothing()));
write(JSON.stringify(texts.map(value)));
