import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { PictureNode } from '../detail/picture-node.ts'
import '../detail/detail.css'

/** Rich text that is only read: the editor's own rendering, so nothing foreign gets in. */
export function DetailText({ html }: { html: string }) {
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: false }), PictureNode],
    content: html,
    editable: false,
  })
  return <EditorContent className="detail-text-shown" editor={editor} />
}
