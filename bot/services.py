"""Opens the store and wires the services together; the bot, the CLI and the tests all start here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.acquisition.service import AcquisitionService
from bot.campaigns.applications import ApplicationService
from bot.campaigns.editing import CampaignEditing
from bot.campaigns.notices import Notices
from bot.campaigns.service import CampaignService
from bot.collaborations.service import CollaborationService
from bot.content_calendar.editing import CalendarEditing
from bot.content_calendar.evaluation import CalendarEvaluation
from bot.content_calendar.importing import CalendarImports
from bot.content_calendar.service import CalendarService
from bot.creator_care.duplicates import Duplicates
from bot.creator_care.service import CreatorCare
from bot.creators.exporting import ExportService
from bot.creators.importing import ImportService
from bot.creators.quality import CreatorQuality
from bot.creators.saved_searches import SavedSearches
from bot.creators.search_service import CreatorSearch
from bot.creators.service import CreatorService
from bot.decks.service import DeckService
from bot.duty.arranging import DutyRota
from bot.duty.leaving import DutyLeaves
from bot.duty.service import DutyService
from bot.duty.swapping import DutySwaps
from bot.events.notices import EventNotices
from bot.events.service import EventService
from bot.events.taking_part import TakingPart
from bot.giveaways.draws import DrawService
from bot.giveaways.entries import EntryService
from bot.giveaways.from_calendar import CalendarGiveaways
from bot.giveaways.notices import GiveawayNotices
from bot.giveaways.service import GiveawayService
from bot.incidents.service import IncidentService
from bot.it_link.inbox import ItInbox
from bot.it_link.models import Link
from bot.it_link.service import ItLink
from bot.knowledge.canned import CannedAnswers
from bot.knowledge.service import KnowledgeService
from bot.offers.answering import OfferAnswers
from bot.offers.deciding import DecisionService
from bot.offers.notices import OfferNotices
from bot.offers.service import OfferService
from bot.onboarding.claims import ClaimService
from bot.onboarding.desk import RegistrationDesk
from bot.onboarding.drafting import RegistrationDrafts
from bot.onboarding.registering import RegistrationService
from bot.onboarding.service import OnboardingService
from bot.onboarding.updating import ProfileUpdates
from bot.platform import migrations, stored_files
from bot.platform.clock import Clock
from bot.platform.crypto import ENCRYPTED_COLUMNS, Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.drafts import Drafts
from bot.platform.kept_queries import KeptQueries
from bot.platform.outbox import Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.threads import Threads
from bot.private_forms.service import PrivateForms
from bot.prizes import tax as prize_tax
from bot.prizes.paying import PayoutDesk
from bot.prizes.service import PrizeService
from bot.quizzes.answering import QuizAnswers
from bot.quizzes.correcting import QuizCorrecting
from bot.quizzes.from_calendar import CalendarQuizzes
from bot.quizzes.results import QuizResults
from bot.quizzes.seasons import QuizSeasons
from bot.quizzes.service import QuizService
from bot.quizzes.writing import QuizWriting
from bot.server.panels import Panels
from bot.server.service import ServerService
from bot.settings import Settings
from bot.shortlists.budgeting import ShortlistBudgets
from bot.shortlists.gathering import Gathering
from bot.shortlists.history import ShortlistHistory
from bot.shortlists.marking import ShortlistMarking
from bot.shortlists.service import ShortlistService
from bot.suggestions.service import SuggestionService
from bot.tickets import desk_settings
from bot.tickets.conversation import TicketConversation
from bot.tickets.desk import TicketDesk
from bot.tickets.flow import TicketFlow
from bot.tickets.it_answers import ItAnswers
from bot.tickets.log import TicketLog
from bot.tickets.models import Entry, EntryKind, Ticket
from bot.tickets.notices import TicketNotices
from bot.tickets.opening import TicketOpening
from bot.tickets.questions import TicketQuestions
from bot.tickets.reporting import TicketReports
from bot.tickets.service import TicketService
from bot.tickets.silence import Silence
from bot.tickets.sla_watch import SlaWatch
from bot.tickets.transcripts import Transcripts


@dataclass
class Services:
    """Every service, ready to use. Close it on every path."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    outbox: Outbox
    scheduler: Scheduler
    drafts: Drafts
    queries: KeptQueries
    server: ServerService
    panels: Panels
    creators: CreatorService
    onboarding: OnboardingService
    registrations: RegistrationService
    claims: ClaimService
    profiles: ProfileUpdates
    campaigns: CampaignService
    campaign_editing: CampaignEditing
    applications: ApplicationService
    search: CreatorSearch
    creator_care: CreatorCare
    duplicates: Duplicates
    saved_searches: SavedSearches
    creator_quality: CreatorQuality
    imports: ImportService
    exports: ExportService
    shortlists: ShortlistService
    gathering: Gathering
    shortlist_marking: ShortlistMarking
    shortlist_history: ShortlistHistory
    shortlist_budgets: ShortlistBudgets
    decks: DeckService
    decisions: DecisionService
    offers: OfferService
    offer_answers: OfferAnswers
    suggestions: SuggestionService
    collaborations: CollaborationService
    private_forms: PrivateForms
    prizes: PrizeService
    payout_desk: PayoutDesk
    giveaways: GiveawayService
    giveaway_entries: EntryService
    giveaway_draws: DrawService
    quizzes: QuizService
    quiz_writing: QuizWriting
    quiz_answers: QuizAnswers
    quiz_correcting: QuizCorrecting
    quiz_results: QuizResults
    quiz_seasons: QuizSeasons
    quiz_calendar: CalendarQuizzes
    calendar: CalendarService
    calendar_editing: CalendarEditing
    calendar_imports: CalendarImports
    calendar_evaluation: CalendarEvaluation
    events: EventService
    event_guests: TakingPart
    threads: Threads
    duty: DutyService
    duty_rota: DutyRota
    duty_swaps: DutySwaps
    duty_leaves: DutyLeaves
    ticket_sla: SlaWatch
    tickets: TicketService
    ticket_desk: TicketDesk
    ticket_conversation: TicketConversation
    ticket_questions: TicketQuestions
    ticket_log: TicketLog
    transcripts: Transcripts
    it_answers: ItAnswers
    incidents: IncidentService
    knowledge: KnowledgeService
    canned: CannedAnswers
    ticket_reports: TicketReports
    it_link: ItLink
    it_inbox: ItInbox
    acquisition: AcquisitionService

    async def file_content(self, file_id: int) -> bytes | None:
        """The bytes of a kept upload, None when it is gone."""
        found = await stored_files.load(self.database.read, self.vault, file_id)
        return found.content if found else None

    async def close(self) -> None:
        """Stop what runs by itself, then close the store."""
        await self.scheduler.stop()
        await self.outbox.stop()
        await self.it_link.stop()
        await self.database.close()


async def open_services(settings: Settings, clock: Clock | None = None) -> Services:
    """Migrate and open the store, then build the services on it.

    Raises ConfigurationError when the store or the keys can't be used; the text says what to do.
    """
    clock = clock or Clock()
    await migrations.prepare(settings.database, clock, backup_dir=settings.backup_dir)
    database = await Database.open(settings.database, readers=settings.readers)
    try:
        async with database.unit() as tx:
            vault = await Vault.open([key.get_secret_value() for key in settings.encryption_keys], tx)
        return await _build(settings, clock, database, vault)
    except BaseException:
        await database.close()
        raise


async def _build(settings: Settings, clock: Clock, database: Database, vault: Vault) -> Services:
    outbox = Outbox(database, clock)
    scheduler = Scheduler(database, clock, max_sleep_seconds=settings.max_sleep_seconds)
    drafts = Drafts(database, clock, vault)
    queries = KeptQueries(database, clock)
    server = ServerService(database, clock, outbox)
    await server.load()
    panels = Panels(database, outbox, server)
    threads = Threads(database, clock, outbox)
    await threads.load()
    creators = CreatorService(database, clock, vault)
    onboarding = OnboardingService(
        database,
        clock,
        vault,
        outbox,
        scheduler,
        server,
        panels,
        creators,
        nudge_after_hours=settings.nudge_after_hours,
    )
    desk = RegistrationDesk(clock, vault, outbox, scheduler, server, creators)
    registration_drafts = RegistrationDrafts(database, clock, vault, onboarding, creators)
    registrations = RegistrationService(database, clock, vault, scheduler, creators, registration_drafts, desk)
    claims = ClaimService(database, clock, vault, outbox, server, creators, desk)
    notices = Notices(clock, outbox, server, scheduler, creators)
    campaigns = CampaignService(database, clock, scheduler, notices)
    search = CreatorSearch(database, clock, creators)
    creator_care = CreatorCare(database, clock, creators)
    gathering = Gathering(database, clock, creators, search, campaigns, creator_care)
    gathering.attach_remarks("Catatan di database", creator_care.notes_of)
    gathering.attach_remarks("Tag", creator_care.tags_of)
    shortlists = ShortlistService(database, clock, creators, search, campaigns, gathering)
    offers = OfferService(
        database,
        clock,
        scheduler,
        creators,
        campaigns,
        shortlists,
        OfferNotices(clock, outbox, scheduler, server, creators),
        creator_care,
    )
    suggestions = SuggestionService(database, clock, creators, campaigns)
    gathering.attach_remarks("Riwayat tawaran", offers.remarks)
    gathering.attach_remarks("Saran sales & marketing", suggestions.remarks)
    private_forms = PrivateForms(database, clock, vault, settings.forms_address)
    taxes = prize_tax.load() if settings.prize_tax_note else None
    prizes = PrizeService(database, clock, vault, outbox, scheduler, server, private_forms, taxes)

    giveaway_notices = GiveawayNotices(clock, outbox, server, scheduler)
    giveaway_draws = DrawService(database, clock, vault, giveaway_notices, prizes)
    quiz_results = QuizResults(database, clock, outbox, server, prizes, lambda: secrets.token_hex(16))
    quizzes = QuizService(database, clock, outbox, scheduler, server, quiz_results)
    quiz_answers = QuizAnswers(database, clock, quizzes, quiz_results)
    quiz_writing = QuizWriting(database, clock, vault, quizzes)
    giveaways = GiveawayService(
        database, clock, vault, scheduler, server, giveaway_notices, giveaway_draws, secrets.token_bytes
    )
    calendar = CalendarService(database, clock, outbox, scheduler, server, warn_hours=settings.calendar_warn_hours)
    quiz_calendar = CalendarQuizzes(quizzes, quiz_writing)
    calendar.attach("quiz", quiz_calendar.begin)
    calendar.attach_figures("quiz", quiz_calendar.figures)
    calendar.attach_withdrawal("quiz", quiz_calendar.withdraw)
    calendar.attach_preview("quiz", quiz_calendar.preview)
    giveaway_calendar = CalendarGiveaways(giveaways)
    calendar.attach("giveaway", giveaway_calendar.begin)
    calendar.attach_figures("giveaway", giveaway_calendar.figures)
    calendar.attach_withdrawal("giveaway", giveaway_calendar.withdraw)
    calendar.attach_preview("giveaway", giveaway_calendar.preview)

    event_notices = EventNotices(clock, outbox, scheduler, server)
    events = EventService(database, clock, scheduler, server, event_notices, lambda: secrets.token_hex(3).upper())

    help_desk = desk_settings.load()
    duty = DutyService(database, clock, scheduler, server, help_desk.working_time)
    ticket_log = TicketLog(clock)
    sla_watch = SlaWatch(clock, scheduler, server, ticket_log, help_desk, duty.called)
    ticket_notices = TicketNotices(outbox, server, threads, duty.called, settings.guild_id)

    async def show_late(tx: UnitOfWork, ticket: Ticket, entry: Entry) -> None:
        if entry.kind is EntryKind.SLA_BREACHED:
            await ticket_notices.redraw(tx, ticket)

    ticket_log.listens(show_late)
    ticket_flow = TicketFlow(clock, scheduler, ticket_log, sla_watch, ticket_notices, help_desk)
    Silence(scheduler, ticket_flow)
    ticket_opening = TicketOpening(database, clock, vault, drafts, ticket_flow)
    tickets = TicketService(database, clock, ticket_flow, ticket_opening)
    ticket_questions = TicketQuestions(database, clock)
    await ticket_questions.load()
    incidents = IncidentService(database, clock, scheduler, tickets)
    ticket_opening.attach_incidents(incidents.open_for)
    knowledge = KnowledgeService(database, clock)
    await knowledge.begin()
    ticket_log.listens(knowledge.learn)

    link = link_of(settings)
    it_answers = ItAnswers(clock, ticket_flow)
    it_link = ItLink(database, clock, link, ticket_notices.tell_it)
    it_link.when_taken(it_answers.forwarded)
    ticket_log.listens(it_link.enqueue)

    async def tidy(tx: UnitOfWork) -> None:
        await drafts.drop_old(tx)
        await queries.drop_old(tx)
        await private_forms.drop_old(tx)
        await stored_files.drop_expired(tx, clock.timestamp())

    scheduler.recurs("tidy", "17 3 * * *", tidy)
    applications = ApplicationService(database, clock, notices, campaigns, creators)
    duplicates = Duplicates(database, clock, creators)
    duplicates.attach("applications", applications.hand_over, applications.give_back)
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        vault=vault,
        outbox=outbox,
        scheduler=scheduler,
        drafts=drafts,
        queries=queries,
        server=server,
        panels=panels,
        creators=creators,
        onboarding=onboarding,
        registrations=registrations,
        claims=claims,
        profiles=ProfileUpdates(database, clock, vault, outbox, server, onboarding, creators, desk),
        campaigns=campaigns,
        campaign_editing=CampaignEditing(database, clock, vault, scheduler, notices, campaigns),
        applications=applications,
        search=search,
        creator_care=creator_care,
        duplicates=duplicates,
        saved_searches=SavedSearches(database, clock),
        creator_quality=CreatorQuality(database, clock),
        imports=ImportService(database, clock, vault, creators, upload_limit_mb=settings.upload_limit_mb),
        exports=ExportService(database, clock, creators),
        shortlists=shortlists,
        gathering=gathering,
        shortlist_marking=ShortlistMarking(database, clock, creators, shortlists),
        shortlist_history=ShortlistHistory(database, creators, shortlists),
        shortlist_budgets=ShortlistBudgets(database, clock, campaigns, shortlists),
        decks=DeckService(database, clock, shortlists, campaigns),
        decisions=DecisionService(database, clock, creators, shortlists),
        offers=offers,
        offer_answers=OfferAnswers(database, clock, creators, offers),
        suggestions=suggestions,
        collaborations=CollaborationService(database, clock, creators),
        private_forms=private_forms,
        prizes=prizes,
        payout_desk=PayoutDesk(database, clock, vault, private_forms, prizes),
        giveaways=giveaways,
        giveaway_entries=EntryService(database, clock, giveaway_notices, onboarding, creators, secrets.token_bytes),
        giveaway_draws=giveaway_draws,
        quizzes=quizzes,
        quiz_writing=quiz_writing,
        quiz_answers=quiz_answers,
        quiz_correcting=QuizCorrecting(database, clock, quizzes, quiz_answers),
        quiz_results=quiz_results,
        quiz_seasons=QuizSeasons(database, clock),
        quiz_calendar=quiz_calendar,
        calendar=calendar,
        calendar_editing=CalendarEditing(database, clock, vault, scheduler, calendar),
        calendar_imports=CalendarImports(database, clock, vault, calendar),
        calendar_evaluation=CalendarEvaluation(
            database, calendar, {"quiz": quiz_calendar, "giveaway": giveaway_calendar}
        ),
        events=events,
        event_guests=TakingPart(database, clock, events, event_notices),
        threads=threads,
        duty=duty,
        duty_rota=DutyRota(database, clock, outbox, server, duty),
        duty_swaps=DutySwaps(database, clock, outbox, duty),
        duty_leaves=DutyLeaves(database, clock, server, duty),
        ticket_sla=sla_watch,
        tickets=tickets,
        ticket_desk=TicketDesk(database, clock, ticket_flow, tickets),
        ticket_conversation=TicketConversation(database, clock, ticket_flow, threads),
        ticket_questions=ticket_questions,
        ticket_log=ticket_log,
        transcripts=Transcripts(database, clock, vault, scheduler, ticket_log),
        it_answers=it_answers,
        incidents=incidents,
        knowledge=knowledge,
        canned=CannedAnswers(database, clock),
        ticket_reports=TicketReports(database, clock, help_desk),
        it_link=it_link,
        it_inbox=ItInbox(database, clock, link, tickets.get, it_answers.it_reply),
        acquisition=AcquisitionService(database, clock),
    )


def link_of(settings: Settings) -> Link:
    """How to reach IT's system, as it is set."""
    return Link(
        url=settings.it_webhook_url,
        secrets=tuple(secret.get_secret_value() for secret in settings.it_webhook_secrets),
        timeout_seconds=settings.it_timeout_seconds,
        give_up_seconds=settings.it_give_up_hours * 3_600,
    )


async def rotate_keys(settings: Settings, clock: Clock | None = None) -> int:
    """Encrypt every private value with the newest key, in small units so that a running bot is not held up.

    Returns how many values were done. Safe to repeat and to interrupt: old and new keys both read until it is done.
    """
    services = await open_services(settings, clock)
    done = 0
    try:
        async with services.database.unit() as tx:
            await services.vault.rotate_lookup_key(tx)
        for table, column in ENCRYPTED_COLUMNS:
            after = 0
            while True:
                async with services.database.unit() as tx:
                    last, count = await services.vault.rotate_column(tx, table, column, after)
                done += count
                if last is None:
                    break
                after = last
    finally:
        await services.close()
    return done
