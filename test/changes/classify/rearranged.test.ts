import { describe, expect, it } from 'vitest';
import { viewChange } from '#src/changes/classify/change-view.ts';
import { isRearranged } from '#src/changes/classify/rearranged.ts';
import { diffOf } from './diff-of.ts';

const judged = (path: string, body: string): boolean => {
  const [file] = viewChange(diffOf(path, body)).files;
  return file !== undefined && isRearranged(file);
};

describe('isRearranged', () => {
  it.each([
    [
      'a variable put in (JavaScript)',
      'src/price.js',
      `
-  return round(order.total * rate.value);
+  const raw = order.total * rate.value;
+  return round(raw);
`,
    ],
    [
      'a variable taken away (Python)',
      'app/price.py',
      `
-    raw = order.total * rate.value
-    return round(raw)
+    return round(order.total * rate.value)
`,
    ],
    [
      'a renamed variable over two lines (Go)',
      'price.go',
      `
-	v := load(id)
-	return v.Total, nil
+	order := load(id)
+	return order.Total, nil
`,
    ],
  ])('looks through %s', (_name, path, body) => expect(judged(path, body)).toBe(true));

  it.each([
    [
      'another operator',
      'src/price.js',
      `
-  return round(order.total * rate.value);
+  const raw = order.total / rate.value;
+  return round(raw);
`,
    ],
    [
      'another field',
      'app/price.py',
      `
-    raw = order.total * rate.value
-    return round(raw)
+    return round(order.net * rate.value)
`,
    ],
    [
      'a check that went',
      'price.go',
      `
-	v := load(id)
-	if v == nil { return 0, nil }
-	return v.Total, nil
+	order := load(id)
+	return order.Total, nil
`,
    ],
    [
      'swapped arguments',
      'src/price.js',
      `
-  const raw = diff(a, b);
-  return raw;
+  const raw = diff(b, a);
+  return raw;
`,
    ],
  ])('does not look through %s', (_name, path, body) => expect(judged(path, body)).toBe(false));
});
