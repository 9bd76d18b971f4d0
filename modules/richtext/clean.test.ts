import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { createRichText } from './index.ts'

const { clean: cleanHtml, filesIn } = createRichText()
const own = `/api/files/${newId()}`

test('headings, lists, tables, emphasis and our own pictures pass as they are', () => {
  const html = `<h2>产地</h2><p><strong>狮峰</strong>山<br />明前</p><ul><li>一芽一叶</li></ul><table><tbody><tr><td colspan="2">50 g</td></tr></tbody></table><img src="${own}" alt="茶园" />`
  expect(cleanHtml(html)).toBe(html)
  expect(filesIn(html)).toEqual([own.slice(-36)])
})

test.each([
  ['a script', '<p>好</p><script>alert(1)</script>', '<p>好</p>'],
  ['a script in capitals and pieces', '<scr<script>ipt>alert(1)</script>', /^(?!.*<script)/],
  ['an event handler', '<p onclick="alert(1)">好</p>', '<p>好</p>'],
  ['a handler on an own picture', `<img src="${own}" onerror="x()">`, `<img src="${own}" />`],
  ['a picture from elsewhere', '<img src="https://evil.example/x.png">', ''],
  ['a picture without a scheme', '<img src="//evil.example/x.png">', ''],
  ['a picture as data', '<img src="data:image/svg+xml;base64,PHN2Zz4=">', ''],
  ['a climbing path', '<img src="/api/files/../../x">', ''],
  ['an SVG with its contents', '<svg><script>alert(1)</script><text>x</text></svg>', ''],
  ['MathML', '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>', ''],
  ['a link that runs', '<a href="javascript:alert(1)">点我</a>', '点我'],
  ['a link away', '<a href="https://evil.example">点我</a>', '点我'],
  ['styles', '<p style="position:fixed" class="k-button">好</p><style>*{}</style>', '<p>好</p>'],
  ['a frame', '<iframe src="https://evil.example"></iframe>', ''],
  ['a form', '<form action="/api/orders"><button>买</button></form>', '买'],
  ['a comment', '<!-- <img src=x onerror=alert(1)> --><p>好</p>', '<p>好</p>'],
  ['what looks like text', '&lt;script&gt;alert(1)&lt;/script&gt;', /^(?!.*<script)/],
  ['an open end', '<p>好<img src="x" onerror="alert(1)"', '<p>好</p>'],
])('%s does not pass', (_, html, clean) => {
  if (typeof clean === 'string') expect(cleanHtml(html)).toBe(clean)
  else expect(cleanHtml(html)).toMatch(clean)
})

test('cleaning what is clean changes nothing', () => {
  const once = cleanHtml('<div><p>甲 & 乙 < 丙</p><scr<script>ipt>x</div>')
  expect(cleanHtml(once)).toBe(once)
})
