/** A member of the demo community. Cohorts are not named here: the community's data names them. */
export interface DemoMember {
  readonly name: string;
  /** IANA name. */
  readonly timezone: string;
  readonly bio: string;
}

/** The first two are the ones to sign in as. */
export const demoMembers: readonly DemoMember[] = [
  {
    name: "Mara Lindqvist",
    timezone: "Europe/Berlin",
    bio: "Evenings after work, weekends early. Happy to meet people from anywhere.",
  },
  {
    name: "Theo Okafor",
    timezone: "America/New_York",
    bio: "Back after a long break and enjoying every minute of it.",
  },
  { name: "Sunita Gurung", timezone: "Asia/Kathmandu", bio: "Mornings before the city wakes up are mine." },
  {
    name: "Ewan Hynes",
    timezone: "America/St_Johns",
    bio: "Half an hour off from everyone else, never late.",
  },
  { name: "Noor Haddad", timezone: "UTC", bio: "Traveling, so I keep my calendar in UTC." },
  { name: "Aiko Tanabe", timezone: "Asia/Tokyo", bio: "Details first, speed later." },
  {
    name: "Lucía Ferreyra",
    timezone: "America/Argentina/Buenos_Aires",
    bio: "I like long sessions and longer talks afterwards.",
  },
  { name: "Kwame Boateng", timezone: "Africa/Accra", bio: "Teaching children taught me patience." },
  { name: "Hanna Virtanen", timezone: "Europe/Helsinki", bio: "Quiet, thorough, punctual." },
  { name: "Ravi Menon", timezone: "Asia/Kolkata", bio: "Three years in, still asking beginner's questions." },
  {
    name: "Caitlin Byrne",
    timezone: "Europe/Dublin",
    bio: "Come as you are, leave with one thing to work on.",
  },
  { name: "Jonas Meier", timezone: "Europe/Zurich", bio: "Engineer by day. I keep notes and share them." },
  { name: "Amara Diallo", timezone: "Africa/Dakar", bio: "Competing again next spring." },
  {
    name: "Diego Salazar",
    timezone: "America/Mexico_City",
    bio: "Ask me about getting started; I remember how it feels.",
  },
  { name: "Mei-Ling Chua", timezone: "Asia/Singapore", bio: "Lunch breaks are for practice." },
  { name: "Oskar Nowak", timezone: "Europe/Warsaw", bio: "I would rather do one thing well." },
  {
    name: "Tamsin Reid",
    timezone: "Europe/London",
    bio: "Left-handed, which surprises people for about a minute.",
  },
  { name: "Yusuf Demir", timezone: "Europe/Istanbul", bio: "Late evenings work best for me." },
  {
    name: "Grace Wanjiru",
    timezone: "Africa/Nairobi",
    bio: "Groups on weekends, one to one during the week.",
  },
  { name: "Étienne Gagnon", timezone: "America/Toronto", bio: "En français aussi, si tu veux." },
  { name: "Leilani Kahale", timezone: "Pacific/Honolulu", bio: "Early riser on island time." },
  { name: "Matiu Parata", timezone: "Pacific/Auckland", bio: "First to see the sun, first on the mat." },
  { name: "Ingrid Solberg", timezone: "Europe/Oslo", bio: "Recovering from a knee injury, so I go gently." },
  { name: "Farid Karimi", timezone: "Asia/Dubai", bio: "Coach for twelve years, student for thirty." },
  { name: "Bianca Rossi", timezone: "Europe/Rome", bio: "I learn most from people who are new." },
  {
    name: "Samuel Adeyemi",
    timezone: "Africa/Lagos",
    bio: "Bring a recording and we go through it together.",
  },
  {
    name: "Priya Raghavan",
    timezone: "America/Los_Angeles",
    bio: "Mornings on the west coast, so afternoons for half the world.",
  },
  { name: "Henrique Duarte", timezone: "America/Sao_Paulo", bio: "Basics, basics, basics." },
  {
    name: "Nguyen Thi Lan",
    timezone: "Asia/Ho_Chi_Minh",
    bio: "Two small children, so my hours are odd but reliable.",
  },
  { name: "Callum Fraser", timezone: "Australia/Sydney", bio: "Happy to host bigger groups." },
  { name: "Zofia Wilk", timezone: "Europe/Prague", bio: "Judge and referee; I can explain the rules." },
  { name: "Omar Benali", timezone: "Africa/Casablanca", bio: "Slow warm-up, sharp finish." },
  { name: "Kateryna Bondar", timezone: "Europe/Kyiv", bio: "I would like to find a regular partner." },
  {
    name: "Malik Johnson",
    timezone: "America/Chicago",
    bio: "Twenty minutes of questions are never wasted.",
  },
  { name: "Sofie De Smet", timezone: "Europe/Brussels", bio: "Here to stay fit and to meet people." },
  {
    name: "Arjun Thapa",
    timezone: "Asia/Kathmandu",
    bio: "Studying abroad next year and practicing until then.",
  },
  { name: "Rosa Delgado", timezone: "America/Bogota", bio: "Three mornings a week, rain or shine." },
  { name: "Ji-ho Park", timezone: "Asia/Seoul", bio: "I film my sessions and am glad of honest comments." },
  { name: "Ana Kovač", timezone: "Europe/Zagreb", bio: "Calm and curious." },
  { name: "Benedict Cruz", timezone: "Asia/Manila", bio: "Night shifts, so my evening may be your morning." },
  { name: "Freya Thomsen", timezone: "Atlantic/Reykjavik", bio: "The dark months are for practice." },
  { name: "Tariq Aziz", timezone: "Asia/Karachi", bio: "Preparing for my next grading." },
];
