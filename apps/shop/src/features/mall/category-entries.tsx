import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { childrenOf, nameOf } from '../category/model.ts'
import { useTree } from '../category/use-tree.ts'

const entriesMax = 9

/** The ways into the tree; not there while there is none. */
export function CategoryEntries() {
  const t = useT()
  const [language] = useLanguage()
  const tree = useTree()
  const roots = childrenOf(tree.data?.items ?? [], null)
  if (roots.length === 0) return null
  const shown = roots.slice(0, entriesMax)
  return (
    <nav
      className="mall-entries"
      aria-label={t('tree.title')}
      style={{ '--columns': columnsOf(shown.length + 1) }}
    >
      {shown.map((root, at) => {
        const name = nameOf(root, language)
        return (
          <Link key={root.id} href={`/category/${root.id}`}>
            <span className="mall-entry" style={{ '--tint': at }} aria-hidden="true">
              {Array.from(name)[0]}
            </span>
            <span className="k-clamp">{name}</span>
          </Link>
        )
      })}
      <Link href="/category">
        <span className="mall-entry" aria-hidden="true">
          <Icon name="grid" />
        </span>
        <span>{t('tree.all')}</span>
      </Link>
    </nav>
  )
}

/** One row, or two of about the same length. */
const columnsOf = (count: number): number =>
  count <= 6 ? Math.max(5, count) : Math.ceil(count / 2)
