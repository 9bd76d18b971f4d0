import { useT } from '@kaibo/ui/i18n.ts'
import { useCallback } from 'react'

/** What the merchant wrote and drew; the server keeps only harmless HTML. */
export function Detail({ html, text }: { html: string; text: string }) {
  const t = useT()
  const fill = useCallback(
    (element: HTMLElement | null) => {
      const parsed = new DOMParser().parseFromString(html, 'text/html')
      element?.replaceChildren(...parsed.body.childNodes)
    },
    [html],
  )
  if (html === '' && text === '') return null
  return (
    <section className="product-detail" aria-label={t('product.detail')}>
      <h2>{t('product.detail')}</h2>
      {text !== '' && <p className="product-description">{text}</p>}
      {html !== '' && <div ref={fill} className="product-rich" />}
    </section>
  )
}
