"""What is published may name people: authors, speakers, whoever is quoted."""

from contactpoint.kit.persons import declare, free, no_persons
from contactpoint.kit.persons.work import published

declare(
    "outputs.Output",
    published("teaser body words"),
    other=free("source_url series", "about the item"),
)
declare(
    "outputs.Event",
    published("place accessibility programme outcomes"),
    other=free("time_zone languages join_url registration_url", "about the event"),
)
declare("outputs.Publication", published("authors"), other=free("doi", "its number"))
declare("outputs.Video", published("transcript"))
declare("outputs.WorkProgramme", published("introduction body"))
declare("outputs.Printing", published("pdf"), other=free("checksum problem", "about the file"))
declare(
    "outputs.Correction",
    published("changes reasons titles"),
    other=free("key item", "numbers of the item"),
)
no_persons(
    "outputs.Family outputs.FamilyLink outputs.PartElsewhere outputs.NewsItem outputs.Vacancy "
    "outputs.Development outputs.NewsList outputs.PublicationList outputs.EventList "
    "outputs.VideoList outputs.VacancyList outputs.Chronicle outputs.PlannedOutput "
    "outputs.PlannedPartner outputs.OutputTheme outputs.Classification outputs.OutputInstitution "
    "outputs.OutputCountry outputs.OutputFile outputs.RelatedOutput"
)
