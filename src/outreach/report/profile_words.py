"""The ten headings in words, and for each field what to ask about it."""

from collections.abc import Mapping

from outreach.domain.profile import Heading
from outreach.i18n import N_

TITLES: Mapping[Heading, str] = {
    Heading.HISTORY: N_("1. Name and history"),
    Heading.SURROUNDINGS: N_("2. Place and surroundings"),
    Heading.POPULATION: N_("3. People"),
    Heading.ORGANISATIONS: N_("4. Organisations and formal structures"),
    Heading.NETWORKS: N_("5. Influence and informal networks"),
    Heading.RESOURCES: N_("6. Resources"),
    Heading.PROBLEMS: N_("7. Problems"),
    Heading.NEEDS: N_("8. Needs"),
    Heading.STRENGTHS: N_("9. Strengths and weaknesses"),
    Heading.PLANS: N_("10. Next steps"),
}
HINTS: Mapping[str, str] = {
    "city": N_("In which city is it?"),
    "district": N_("In which district is it?"),
    "history": N_("Where does the name come from, how has the place changed, and since when have migrants lived there?"),
    "surroundings": N_("How far does it reach, what are its borders, and how do people get there and away?"),
    "school": N_("Which school do children here go to, and how far is it?"),
    "clinic": N_("Where do people go when they are ill, and how far is it?"),
    "market": N_("Where do people buy vegetables, and when is it open?"),
    "supermarket": N_("Which is the nearest large supermarket?"),
    "supermarket_metres": N_("How many metres is it to that supermarket?"),
    "population": N_("How many people live there?"),
    "migrants": N_("How many of them have come from elsewhere?"),
    "families": N_("How many families live there, about?"),
    "livelihoods": N_("Which ages, which work, which housing and rents, which schooling do people have?"),
    "organisations": N_(
        "Residents' committee, property management, social organisations: who does what, and who is to be asked?"
    ),
    "networks": N_("Whom do people listen to and ask for help? Roles are enough; no phone numbers."),
    "problems": N_("What troubles everybody, and what troubles only some?"),
    "needs": N_("What do people feel, what do they say, what do norms ask for, what is less than elsewhere?"),
    "strengths": N_("What helps here and what hinders; what could help, what threatens?"),
    "plans": N_("What comes first in the next three months, who does it, and by when?"),
}
