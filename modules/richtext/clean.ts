import sanitizeHtml from 'sanitize-html'

const ownPicture = /^\/api\/files\/[0-9a-f-]{36}$/

/**
 * Rich text as it may be shown: headings, paragraphs, lists, tables, emphasis, and pictures of our
 * own files. Links lead away from the checkout, styles and classes into our pages, scripts and
 * SVG anywhere: none of them passes, whatever it is wrapped in. Text is kept, except of elements
 * that are no text.
 */
export const cleanHtml = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: [
      ...['h2', 'h3', 'h4', 'p', 'br', 'hr', 'blockquote', 'ul', 'ol', 'li'],
      ...['strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'code', 'pre'],
      ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'img'],
    ],
    allowedAttributes: {
      img: ['src', 'alt'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: [],
    allowProtocolRelative: false,
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !ownPicture.test(attribs.src ?? ''),
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'svg', 'math', 'iframe'],
    nestingLimit: 20,
  }).trim()

/** The files whose pictures a clean text shows. */
export const filesIn = (html: string): string[] => [
  ...new Set([...html.matchAll(/src="\/api\/files\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '')),
]
