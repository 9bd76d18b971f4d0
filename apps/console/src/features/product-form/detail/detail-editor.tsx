import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { shrink } from '../../pictures/shrink.ts'
import { PictureNode } from './picture-node.ts'
import './detail.css'

type DetailEditorProps = { html: string; onChange: (html: string) => void; disabled: boolean }

/** What the server would drop anyway is not offered: links lead buyers away. */
const extensions = [
  StarterKit.configure({ heading: { levels: [2, 3, 4] }, link: false, codeBlock: false }),
  PictureNode,
]

/** Rich text: headings, lists, emphasis and pictures. */
export function DetailEditor({ html, onChange, disabled }: DetailEditorProps) {
  const t = useT()
  const editor = useEditor({
    extensions,
    content: html,
    editable: !disabled,
    editorProps: {
      attributes: { class: 'detail-text', 'aria-label': t('product.detail'), role: 'textbox' },
    },
    onUpdate: ({ editor }) => onChange(editor.isEmpty ? '' : editor.getHTML()),
  })
  return (
    <div className="detail-editor">
      {!disabled && <Toolbar editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  )
}

type Mark = {
  id: 'bold' | 'italic' | 'underline' | 'heading' | 'bulletList' | 'orderedList' | 'blockquote'
  sign: string
  act: (editor: Editor) => void
}

const marks: readonly Mark[] = [
  { id: 'heading', sign: 'H', act: it => it.chain().focus().toggleHeading({ level: 2 }).run() },
  { id: 'bold', sign: 'B', act: it => it.chain().focus().toggleBold().run() },
  { id: 'italic', sign: 'I', act: it => it.chain().focus().toggleItalic().run() },
  { id: 'underline', sign: 'U', act: it => it.chain().focus().toggleUnderline().run() },
  { id: 'bulletList', sign: '•', act: it => it.chain().focus().toggleBulletList().run() },
  { id: 'orderedList', sign: '1.', act: it => it.chain().focus().toggleOrderedList().run() },
  { id: 'blockquote', sign: '❝', act: it => it.chain().focus().toggleBlockquote().run() },
]

function Toolbar({ editor }: { editor: Editor }) {
  const t = useT()
  const active = useEditorState({
    editor,
    selector: ({ editor }) => marks.filter(({ id }) => editor.isActive(id)).map(({ id }) => id),
  })
  return (
    <div className="detail-toolbar" role="toolbar" aria-label={t('product.detailTools')}>
      {marks.map(({ id, sign, act }) => (
        <button
          key={id}
          type="button"
          data-mark={id}
          aria-pressed={active.includes(id)}
          aria-label={t(`product.mark.${id}`)}
          title={t(`product.mark.${id}`)}
          onClick={() => act(editor)}
        >
          {sign}
        </button>
      ))}
      <PictureButton editor={editor} />
    </div>
  )
}

function PictureButton({ editor }: { editor: Editor }) {
  const t = useT()
  const upload = useActionOf(
    async (file: File) => {
      const picture = await shrink(file)
      const bytes = new Uint8Array(await picture.arrayBuffer())
      return api.files.upload({ bytes, contentType: picture.type })
    },
    { onDone: stored => editor.chain().focus().addPicture({ src: stored.url }).run() },
  )
  return (
    <label className="detail-picture" data-busy={upload.busy || undefined}>
      {t('product.mark.picture')}
      <input
        type="file"
        className="k-sr"
        accept="image/jpeg,image/png,image/webp"
        disabled={upload.busy}
        onChange={event => {
          const [file] = event.target.files ?? []
          if (file) upload.run(file)
          event.target.value = ''
        }}
      />
    </label>
  )
}
