"""Files: who uploaded one, and whom it shows or names. Also of the models that ours replace."""

from contactpoint.kit.persons import declare, free, no_persons
from contactpoint.kit.persons.work import published, work

work("media.CustomImage", "uploaded_by_user", published("file title description credit"))
work("media.CustomDocument", "uploaded_by_user", published("file title"))
work("media.Recording", "uploaded_by_user", published("file thumbnail title transcript"))
declare("media.Captions", published("text"), other=free("language", "the language"))
declare("media.DocumentText", published("text words"))
declare("media.FirstPage", published("picture"), other=free("checksum", "of the file"))
no_persons("media.CustomRendition", free("file", "a size of a picture, which is declared"))
no_persons("media.DocumentScan", free("name", "of a file that was looked at"))
no_persons("media.DocumentReading", free("name", "of a file that was read"))
work("wagtailimages.Image", "uploaded_by_user", other=free("file", "no row: ours replaces it"))
work("wagtaildocs.Document", "uploaded_by_user", other=free("file", "no row: ours replaces it"))
work(
    "wagtailmedia.Media",
    "uploaded_by_user",
    other=free("file thumbnail", "no row: ours replaces it"),
)
no_persons("wagtailimages.Rendition", free("file", "no row: ours replaces it"))
