"""A small Discord of our own on a Unix socket: for what a simulation inside the process cannot show.

The bot under test is a separate process that can be killed for real (kill -9), meets rate limits, lost answers and
dropped gateways, and is used by many people at the same moment. Only what the bot uses is modelled; anything else
answers 404 and is kept in `world.unknown_requests`. It has been checked against Discord's published schema only,
not against Discord itself. Start at `tests.loopback.server.Loopback`:

    async with Loopback() as discord, discord.bot([sys.executable, "-m", "tests.loopback.run_bot"], env) as bot:
        rini = discord.user("Rini", "Kreator")
        answer = await rini.slash("kampanye daftar")
        await bot.killed()
        await bot.restart()
        await rini.press(answer, label="Daftar")
    discord.check()
"""
