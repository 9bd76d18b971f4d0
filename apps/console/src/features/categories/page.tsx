import type { Category } from '@kaibo/contract/goods/category'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Tree } from 'antd'
import { useState } from 'react'
import { PageShell } from '../../components/page-shell.tsx'
import { placeOf, treeOf } from '../goods/model.ts'
import { categoriesKey, useCategories } from '../goods/use-goods.ts'
import { CategoryForm } from './category-form.tsx'
import './categories.css'

type Edited = { node: Category; isNew: boolean }

/** The tree of categories: dragged into order, opened to edit. */
export function CategoriesPage() {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useCategories()
  const [edited, setEdited] = useState<Edited | null>(null)
  const nodes = data?.items ?? []
  const add = (parentId: string | null) => {
    const position = nodes.filter(node => node.parentId === parentId).at(-1)?.position ?? -10
    const fields = { name: '', nameEn: '', documentTypeIds: [], rateHandle: '', path: [] }
    const node = { id: newId(), parentId, position: position + 10, ...fields }
    setEdited({ node, isNew: true })
  }
  return (
    <PageShell
      title={t('categories.title')}
      hint={t('categories.hint')}
      actions={
        <Button tone="primary" onClick={() => add(null)}>
          {t('categories.new')}
        </Button>
      }
    >
      {error && !data && <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>}
      {!data && !error && <SkeletonList rows={8} />}
      {data && nodes.length === 0 && <Empty icon="grid" title={t('categories.empty')} />}
      {nodes.length > 0 && (
        <CategoryTree nodes={nodes} onOpen={node => setEdited({ node, isNew: false })} />
      )}
      {edited && (
        <CategoryForm
          key={edited.node.id}
          {...edited}
          onAddBelow={() => add(edited.node.id)}
          onClose={() => setEdited(null)}
        />
      )}
    </PageShell>
  )
}

type CategoryTreeProps = { nodes: readonly Category[]; onOpen: (node: Category) => void }

function CategoryTree({ nodes, onOpen }: CategoryTreeProps) {
  const [language] = useLanguage()
  const move = useActionOf(api.category.move, { refresh: [categoriesKey] })
  return (
    <div className="k-card category-tree">
      <Tree
        blockNode
        draggable
        showLine
        defaultExpandAll
        selectable
        treeData={treeOf(nodes, language)}
        onSelect={(_, { node: { key } }) => {
          const found = nodes.find(node => node.id === key)
          if (found) onOpen(found)
        }}
        onDrop={({ dragNode, node, dropToGap, dropPosition }) => {
          const own = Number(node.pos.split('-').at(-1))
          const dropped = { id: String(dragNode.key), targetId: String(node.key) }
          const beside = { on: !dropToGap, before: dropPosition < own }
          move.run({ id: dropped.id, ...placeOf(nodes, { ...dropped, ...beside }) })
        }}
      />
    </div>
  )
}
