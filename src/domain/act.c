#include "domain/act.h"

const struct act_row act_table[] = {
	{"adjustment.agree", "agreed to an adjustment"},
	{"adjustment.end", "took an adjustment back"},
	{"adjustment.propose", "proposed an adjustment"},
	{"adjustment.review", "looked at an adjustment again"},
	{"agency.law", "said whether an agency comes under a law of its own"},
	{"agreement.end", "ended somebody’s confidentiality agreement"},
	{"agreement.sign", "recorded a signed confidentiality agreement"},
	{"attendance.admit", "let somebody into a conference"},
	{"attendance.guest", "noted a guest without an account"},
	{"attendance.in", "noted somebody as present"},
	{"attendance.out", "noted that somebody left"},
	{"card.barrier", "named the barrier on a card"},
	{"card.conflict", "kept two texts that met on a card"},
	{"card.next", "went to the next card"},
	{"card.open", "opened a card"},
	{"card.review", "reviewed a card"},
	{"card.settle", "settled two texts on a card"},
	{"card.shelve", "put a card aside"},
	{"card.target", "set a target move-in date"},
	{"card.write", "wrote on a card"},
	{"column.add", "added a column to the list"},
	{"column.end", "ended a column of the list"},
	{"conference.change", "changed the plan of a conference"},
	{"conference.close", "closed a conference"},
	{"conference.next", "went on in the agenda"},
	{"conference.part", "went to a part of the agenda"},
	{"conference.plan", "planned a conference"},
	{"conference.start", "started a conference"},
	{"consent.form", "wrote a form that people sign"},
	{"correction.answer", "answered what somebody asked to have put right"},
	{"correction.ask", "wrote down what somebody asked to have put right"},
	{"correction.disagree", "kept that somebody disagrees with an answer"},
	{"correction.give", "gave a request of somebody to another worker"},
	{"cycle.add", "gave a household a seat in the cycle"},
	{"cycle.end", "ended a cycle"},
	{"cycle.free", "freed a seat of the cycle"},
	{"cycle.join", "filled a seat of the cycle"},
	{"cycle.set", "changed a cycle"},
	{"cycle.skip", "passed over a household for a seat"},
	{"cycle.start", "started a cycle"},
	{"duplicate.decide", "decided whether two records are of one person"},
	{"duplicate.undo", "took back what was decided about two records"},
	{"evidence.record", "recorded a paper about months"},
	{"evidence.task", "asked for a paper about months"},
	{"evidence.task_end", "ended the wait for a paper"},
	{"evidence.withdraw", "took a paper about months back"},
	{"flag.confirm", "confirmed that a flag is right as it is"},
	{"flag.mend", "took on the mending of a flag"},
	{"flag.unconfirm", "took a confirmation back"},
	{"flag.unmend", "gave up the mending of a flag"},
	{"hmis.export", "wrote an export for an HMIS"},
	{"household.mark", "decided about a household"},
	{"household.protect", "protected a household"},
	{"household.split", "parted a household"},
	{"household.unmark", "took a decision about a household back"},
	{"household.unprotect", "ended the protection of a household"},
	{"household.unsplit", "put a parted household together again"},
	{"household.write", "wrote about a household"},
	{"import.abandon", "dropped an import"},
	{"import.apply", "switched an import on"},
	{"incident.close", "closed an incident"},
	{"incident.step", "did a step about an incident"},
	{"incident.tell", "told the privacy officer"},
	{"key.begin", "began to seal everything with a new key"},
	{"key.end", "sealed everything with a new key"},
	{"list.refresh", "made the list of a new day"},
	{"list_source.add", "added another list"},
	{"list_source.discard", "dropped a file of another list"},
	{"list_source.load", "loaded another list"},
	{"list_source.map", "said what the columns of another list are"},
	{"list_source.read", "read a file of another list"},
	{"list_view.begin", "chose the view to begin with"},
	{"list_view.delete", "deleted a view of the list"},
	{"list_view.save", "saved a view of the list"},
	{"mail.send", "sent a mail, or could not"},
	{"mou.add", "recorded a memorandum of understanding"},
	{"mou.end", "ended a memorandum of understanding"},
	{"needs.menu", "changed a menu of the needs matrix"},
	{"nomination.add", "nominated a household"},
	{"nomination.agree", "agreed to a nomination"},
	{"nomination.end", "ended a nomination"},
	{"nomination.refuse", "refused a nomination"},
	{"nomination.review", "looked at a nomination again"},
	{"nomination.state", "stated a position on a nomination"},
	{"note.add", "wrote a note about a meeting"},
	{"policy.set", "put a policy in force"},
	{"region.add", "added a region"},
	{"region.border", "said that two counties border"},
	{"region.border_end", "said that two counties do not border"},
	{"region.county", "moved a county to a region"},
	{"region.county_add", "added a county"},
	{"region.import", "loaded the regions"},
	{"region.put", "changed a region"},
	{"region_move.accept", "agreed to a move to another region"},
	{"region_move.ask", "asked for a move to another region"},
	{"region_move.refuse", "refused a move to another region"},
	{"region_move.take", "took a household over from another region"},
	{"region_move.withdraw", "took back a question for a move"},
	{"release.add", "recorded a release of information"},
	{"release.import", "loaded releases of information from a file"},
	{"release.refused", "recorded that a release was refused"},
	{"release.withdrawn", "recorded that a release was withdrawn"},
	{"setting.put", "changed a setting"},
	{"share.end", "withdrew a file of an agency"},
	{"share.expire", "ended files that had expired"},
	{"share.make", "made a file for an agency"},
	{"share.take", "fetched a file of an agency"},
	{"stage.check", "checked what must be before names are shown"},
	{"step.add", "added a step"},
	{"step.answer", "answered for a step"},
	{"step.change", "changed a step"},
	{"step.confirm", "confirmed a step"},
	{"training.done", "recorded a training"},
	{"user.add", "added an account"},
	{"user.code-replay", "tried a code of the second step again"},
	{"user.connect", "connected their account with single sign-on"},
	{"user.disable", "closed an account"},
	{"user.factor", "set up their second step"},
	{"user.factor-reset", "took an account’s second step off"},
	{"user.invite", "invited somebody"},
	{"user.invite-end", "took an invitation back"},
	{"user.join", "joined by an invitation"},
	{"user.mail", "said where somebody reads mail"},
	{"user.move", "changed the role or agency of an account"},
	{"user.part", "disconnected their account from single sign-on"},
	{"user.password", "changed their password"},
	{"user.recovery", "made new recovery codes"},
	{"user.reset", "gave an account a new password"},
	{"user.session-end", "ended a session"},
	{"user.session-moved", "were signed out: the session moved to another device"},
	{"user.sign-in", "signed in"},
	{"user.sign-out", "signed out"},
	{"user.sso-refused", "refused somebody who came by single sign-on"},
	{"worklist.end", "ended a working list"},
	{"worklist.make", "made a working list"},
};
const size_t act_table_n = sizeof act_table / sizeof *act_table;

/* A pattern that ends in '*' stands for all that begin so; the first that fits counts. */
static const struct act_row pages[] = {
	{"/list*", "the list"},
	{"/household/:id/adjustment*", "what the score misses of the household"},
	{"/household/:id/corrections*", "what the household asked to have put right"},
	{"/household/:id/laws*", "facts of the household under laws of their own"},
	{"/household/:id/months*", "the months of the household and their papers"},
	{"/household/:id/move*", "the household’s move to another region"},
	{"/household/:id/nomination*", "the household’s nomination"},
	{"/household/:id/ready*", "papers, needs and wishes of the household"},
	{"/household/:id/releases*", "the releases of the household"},
	{"/household/:id/split*", "the parting of the household"},
	{"/household/:id/shown*", "the person’s own copy"},
	{"/household/:id/standing*", "the working of the household’s months and nights"},
	{"/household/:id*", "the household’s page"},
	{"/requests*", "what people asked for"},
	{"/move*", "moves between regions"},
	{"/flags*", "flags of the list"},
	{"/conferences/ready*", "what is to be mended before a conference"},
	{"/conference*", "the case conference"},
	{"/cycle*", "the cycle of a conference"},
	{"/split*", "the parting of the household"},
	{"/share*", "a file for an agency"},
	{"/duplicates*", "records that may be of one person"},
	{"/source*", "lists that are not of an HMIS"},
	{"/nomination*", "nominations"},
	{"/meeting*", "the case conference"},
};

static struct str say_of(const struct act_row *rows, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++) {
		struct str of = str_from(rows[i].word);
		bool open = str_ends(of, S("*"));
		if (open ? str_starts(word, str_sub(of, 0, of.n - 1)) : str_eq(word, of))
			return str_from(rows[i].say);
	}
	return (struct str){0};
}

struct str act_say(struct str word)
{
	return say_of(act_table, act_table_n, word);
}

struct str act_page_say(struct str pattern)
{
	return say_of(pages, sizeof pages / sizeof *pages, pattern);
}

bool act_more_has(struct str more, struct str id)
{
	while (id.n > 0 && more.n > 0) {
		struct str pair, key, value;
		str_cut(more, ',', &pair, &more);
		if (str_cut(pair, '=', &key, &value) && str_eq(value, id))
			return true;
	}
	return false;
}
